using System.Net;
using System.Net.Sockets;

namespace Calibrate.Journal.PostgreSql.Tests.Faults;

/// <summary>When a proxied connection is cut.</summary>
internal enum Cut
{
    /// <summary>The request that carries the mark never reaches the server.</summary>
    BeforeRequest,

    /// <summary>The server has answered the request that carries the mark, so it has committed; the answer never reaches the client.</summary>
    BeforeReply,
}

/// <summary>
/// A loopback proxy in front of PostgreSQL that cuts a connection at a point that no timing decides: around the request that carries
/// a certain mark.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ending = new();
    private readonly IPEndPoint server;
    private readonly Task accepting;
    private (byte[] Mark, Cut Cut, Func<Task> Meanwhile)? plan;

    public CuttingProxy(string serverUrl)
    {
        var address = new Uri(serverUrl);
        server = new IPEndPoint(IPAddress.Parse(address.Host), address.Port);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How often it has cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts the next connection that sends the mark, once.</summary>
    /// <param name="mark">Bytes that stand in one event only.</param>
    /// <param name="cut">Where.</param>
    /// <param name="meanwhile">What happens to the server before the client notices.</param>
    public void CutAt(byte[] mark, Cut cut, Func<Task>? meanwhile = null) => plan = (mark, cut, meanwhile ?? (() => Task.CompletedTask));

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        listener.Stop();
        await accepting;
        ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(ending.Token);
                _ = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var upstream = new TcpClient())
        {
            try
            {
                await upstream.ConnectAsync(server, ending.Token);
                var connection = new Proxied(client.GetStream(), upstream.GetStream());
                await Task.WhenAny(ForwardRequestsAsync(connection), ForwardRepliesAsync(connection));
            }
            catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task ForwardRequestsAsync(Proxied connection)
    {
        var buffer = new byte[1 << 16];
        while (await connection.Client.ReadAsync(buffer, ending.Token) is > 0 and var count)
        {
            if (plan is { } due && buffer.AsSpan(0, count).IndexOf(due.Mark) >= 0)
            {
                plan = null;
                Cuts++;
                if (due.Cut == Cut.BeforeRequest)
                {
                    await due.Meanwhile();
                    return;
                }

                connection.SwallowReply = due.Meanwhile;
            }

            await connection.Server.WriteAsync(buffer.AsMemory(0, count), ending.Token);
        }
    }

    private async Task ForwardRepliesAsync(Proxied connection)
    {
        var buffer = new byte[1 << 16];
        while (await connection.Server.ReadAsync(buffer, ending.Token) is > 0 and var count)
        {
            if (connection.SwallowReply is { } meanwhile)
            {
                await meanwhile();
                return;
            }

            await connection.Client.WriteAsync(buffer.AsMemory(0, count), ending.Token);
        }
    }

    private sealed class Proxied(NetworkStream client, NetworkStream server)
    {
        public NetworkStream Client { get; } = client;

        public NetworkStream Server { get; } = server;

        public volatile Func<Task>? SwallowReply;
    }
}
