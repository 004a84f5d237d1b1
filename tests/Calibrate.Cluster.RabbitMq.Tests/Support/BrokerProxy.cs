using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Calibrate.Cluster.RabbitMq.Tests.Support;

/// <summary>A broker's address on a port of its own, whose connections can be cut without a word, as a network does.</summary>
internal sealed class BrokerProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> clients = [];
    private readonly BrokerAddress broker;
    private readonly Task accepting;

    public BrokerProxy(BrokerAddress broker)
    {
        this.broker = broker;
        listener.Start();
        accepting = AcceptAsync();
    }

    public BrokerSettings Settings => TestBroker.At(broker with { Host = "127.0.0.1", Port = ((IPEndPoint)listener.LocalEndpoint).Port });

    /// <summary>Cuts every connection there is; new ones are let through.</summary>
    public int Cut()
    {
        var cut = 0;
        while (clients.TryTake(out var client))
        {
            if (client.Client is { } socket)
            {
                socket.LingerState = new LingerOption(true, 0); // a reset instead of a goodbye
                client.Dispose();
                cut++;
            }
        }

        return cut;
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var inner = await listener.AcceptTcpClientAsync();
                var outer = new TcpClient { NoDelay = true };
                inner.NoDelay = true; // or every answer waits 40 ms for an acknowledgement
                await outer.ConnectAsync(broker.Host, broker.Port);
                clients.Add(inner);
                clients.Add(outer);
                _ = PumpAsync(inner, outer);
                _ = PumpAsync(outer, inner);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The listener was stopped.
        }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException or InvalidOperationException)
        {
            // Cut.
        }

        from.Dispose();
        to.Dispose();
    }
}
