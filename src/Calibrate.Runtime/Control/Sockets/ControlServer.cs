using System.Net.Sockets;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Control.Sockets;

/// <summary>
/// Serves the clients of one socket. Everything about a client is bounded, its number, the length of its requests and the time it may take, and nothing of it
/// happens on a thread that the run needs: a client that sends nonsense, or never reads, troubles itself only.
/// </summary>
internal sealed class ControlServer : IAsyncDisposable
{
    /// <summary>Clients at the same time; others wait to be accepted.</summary>
    public const int MostClients = 16;

    /// <summary>A client that sends no request for this long is let go.</summary>
    public static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(30);

    /// <summary>A client that does not take its answer within this time is let go.</summary>
    public static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(5);

    // What is being answered at the end is waited for: who asked for the stop is told that it was done.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly RunId run;
    private readonly Socket listener;
    private readonly ControlSocketFile file;
    private readonly ControlAnswer answer;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource ending = new();
    private readonly SemaphoreSlim places = new(MostClients);
    private readonly Lock gate = new();
    private readonly HashSet<Task> clients = [];
    private readonly Task accepting;

    public ControlServer(RunId run, Socket listener, ControlSocketFile file, ControlAnswer answer, TimeProvider clock)
    {
        this.run = run;
        this.listener = listener;
        this.file = file;
        this.answer = answer;
        this.clock = clock;
        accepting = Task.Run(AcceptAsync);
    }

    public async ValueTask DisposeAsync()
    {
        file.Remove();
        await ending.CancelAsync();
        listener.Dispose();
        await accepting;
        Task[] open;
        lock (gate)
        {
            open = [.. clients];
        }

        try
        {
            await Task.WhenAll(open).WaitAsync(Farewell, clock);
        }
        catch (TimeoutException)
        {
            // Whoever does not take its answer does not keep the process.
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                await places.WaitAsync(ending.Token);
                var client = await listener.AcceptAsync(ending.Token);
                lock (gate)
                {
                    var serving = Task.Run(() => ServeAsync(client), CancellationToken.None);
                    clients.Add(serving);
                    _ = serving.ContinueWith(Leave, TaskScheduler.Default);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The end, or a socket that broke: the run goes on without it.
        }
    }

    private void Leave(Task served)
    {
        lock (gate)
        {
            clients.Remove(served);
        }

        places.Release();
    }

    private async Task ServeAsync(Socket client)
    {
        using (client)
        {
            try
            {
                var lines = new LineStream(client, ControlProtocol.MostRequestBytes);
                while (await ReadAsync(lines) is { } line)
                {
                    await WriteAsync(client, await AnswerAsync(line));
                }
            }
            catch (InvalidDataException)
            {
                await RefuseAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client took too long, or is gone; or the end.
            }
        }
    }

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(LineStream lines)
    {
        using var patience = new CancellationTokenSource(ReadPatience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ending.Token);
        return await lines.ReadAsync(either.Token);
    }

    private async Task<ControlReply> AnswerAsync(ReadOnlyMemory<byte> line)
    {
        if (!ControlProtocol.TryReadRequest(line, out var asked, out var request, out var problem))
        {
            return new ControlReply(ControlResult.Refused, problem);
        }

        return asked == run
            ? await answer(request, CancellationToken.None)
            : new ControlReply(ControlResult.NotRunning, $"Run '{asked}' is not driven here; this is run '{run}'.");
    }

    private async Task WriteAsync(Socket client, ControlReply reply)
    {
        using var patience = new CancellationTokenSource(WritePatience, clock);
        ReadOnlyMemory<byte> left = ControlProtocol.WriteReply(reply);
        while (!left.IsEmpty)
        {
            left = left[await client.SendAsync(left, patience.Token)..];
        }
    }

    // What follows a line that is too long cannot be told from a request: one answer, and that is it.
    private async Task RefuseAsync(Socket client)
    {
        try
        {
            await WriteAsync(client, new ControlReply(
                ControlResult.Refused, FormattableString.Invariant($"The request is longer than {ControlProtocol.MostRequestBytes} bytes.")));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Then it learns from the closed connection.
        }
    }
}
