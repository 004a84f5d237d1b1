using Calibrate.Problems.Models;

namespace Calibrate.Models.UmBridge;

/// <summary>How long the client waits, and for what.</summary>
/// <param name="Timeout">For one answer.</param>
/// <param name="Patience">For any server to answer at all, before the run stops.</param>
internal sealed record UmBridgePatience(TimeSpan Timeout, TimeSpan Patience)
{
    /// <summary>Longest time for a connection to come about.</summary>
    public TimeSpan Connecting => Timeout < TimeSpan.FromSeconds(10) ? Timeout : TimeSpan.FromSeconds(10);
}

/// <summary>
/// Servers that offer the same model, shared by all slots. A request goes to the server with the least under way; one that does not answer rests,
/// for longer each time, while the others serve. What a server says of the model is an answer and is never asked for again; a broken connection
/// is not, and up to a point is.
/// </summary>
internal sealed class UmBridgePool : IDisposable
{
    /// <summary>Parameters that break the connection, or take too long, so many times have made their point.</summary>
    private const int MostLosses = 3;
    private const int MostTimeouts = 2;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);

    private readonly HttpClient client;
    private readonly UmBridgeServer[] servers;
    private readonly UmBridgePatience patience;
    private readonly TimeProvider clock;
    private readonly string? name;
    private readonly string config;
    private readonly Lock gate = new();
    private int turn;

    public UmBridgePool(IReadOnlyList<Uri> addresses, string? name, string config, UmBridgePatience patience, TimeProvider clock)
    {
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = patience.Connecting,
            ActivityHeadersPropagator = null,
        })
        {
            Timeout = patience.Timeout,
            MaxResponseContentBufferSize = UmBridgeServer.LargestAnswer,
        };
        servers = [.. addresses.Select(address => new UmBridgeServer(client, address))];
        this.name = name;
        this.config = config;
        this.patience = patience;
        this.clock = clock;
    }

    /// <summary>Asks every server for the model; those that do not answer are asked again before they get work.</summary>
    /// <returns>What the servers that answer agree about.</returns>
    /// <exception cref="UmBridgeException">No server answers, one of them offers no such model, or they disagree.</exception>
    /// <exception cref="UmBridgeModelNameException">A server has no model of this name.</exception>
    public UmBridgeContract Describe()
    {
        UmBridgeContract? agreed = null;
        List<string> silent = [];
        foreach (UmBridgeServer server in servers)
        {
            try
            {
                UmBridgeContract contract = server.Describe(name, config);
                Require(server, contract, agreed ?? contract);
                agreed ??= contract;
                server.Verified = true;
            }
            catch (UmBridgeException exception) when (exception.Fault is UmBridgeFault.Unreachable or UmBridgeFault.Lost or UmBridgeFault.Slow)
            {
                silent.Add(exception.Message);
            }
        }

        return agreed ?? throw new UmBridgeException(UmBridgeFault.Unreachable, string.Join("; ", silent));
    }

    /// <summary>Runs the model on one of the servers.</summary>
    /// <exception cref="ModelException">The model failed at these parameters.</exception>
    /// <exception cref="ModelUnavailableException">No server can be had.</exception>
    public void Evaluate(ReadOnlyMemory<byte> request, UmBridgeReply reply, UmBridgeContract contract, Span<double> values)
    {
        Attempts attempts = default;
        while (true)
        {
            UmBridgeServer server = Choose();
            UmBridgeException failure;
            try
            {
                Verify(server, contract);
                server.Evaluate(request, reply, contract, values);
                Return(server, rest: null);
                return;
            }
            catch (UmBridgeException exception)
            {
                failure = exception;
            }
            catch (UmBridgeModelNameException exception)
            {
                failure = new UmBridgeException(UmBridgeFault.Misplaced, exception.Message, exception);
            }

            if (failure.Fault == UmBridgeFault.Refused)
            {
                Return(server, rest: null);
                throw new ModelException(failure.Message);
            }

            long now = clock.GetTimestamp();
            attempts.Count(failure.Fault, now);
            TimeSpan rest = attempts.Rest();
            Return(server, rest);
            if (failure.Fault == UmBridgeFault.Misplaced)
            {
                throw new ModelUnavailableException(failure.Message, failure);
            }

            if (attempts.Losses >= MostLosses || attempts.Timeouts >= MostTimeouts)
            {
                throw new ModelUnavailableException(
                    $"{(attempts.Losses >= MostLosses ? MostLosses : MostTimeouts)} requests at the same parameters went unanswered, the last because "
                    + $"{failure.Message}; look into the server's log, or raise model.timeout",
                    failure);
            }

            if (clock.GetElapsedTime(attempts.Since, now) >= patience.Patience)
            {
                throw new ModelUnavailableException(
                    FormattableString.Invariant($"no UM-Bridge server answered for {patience.Patience.TotalSeconds:0.###} s, the last because {failure.Message}; ")
                    + "start it again and resume the run",
                    failure);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static void Require(UmBridgeServer server, UmBridgeContract contract, UmBridgeContract agreed)
    {
        if (!contract.Agrees(agreed))
        {
            throw new UmBridgeException(UmBridgeFault.Misplaced, $"{server.Address} serves {contract}, and the others {agreed}");
        }
    }

    private void Verify(UmBridgeServer server, UmBridgeContract contract)
    {
        if (!server.Verified)
        {
            Require(server, server.Describe(contract.Name, config), contract);
            lock (gate)
            {
                server.Verified = true;
            }
        }
    }

    // The least busy server that does not rest; when all of them rest, the one whose rest ends first, once it has ended.
    private UmBridgeServer Choose()
    {
        UmBridgeServer chosen;
        TimeSpan wait;
        lock (gate)
        {
            long now = clock.GetTimestamp();
            turn = (turn + 1) % servers.Length;
            IEnumerable<UmBridgeServer> inTurn = servers[turn..].Concat(servers[..turn]);
            chosen = servers.Length == 1
                ? servers[0]
                : inTurn.Where(s => s.RestsUntil <= now).MinBy(s => s.InFlight) ?? inTurn.MinBy(s => s.RestsUntil)!;
            chosen.InFlight++;
            wait = chosen.RestsUntil <= now ? TimeSpan.Zero : clock.GetElapsedTime(now, chosen.RestsUntil);
        }

        if (wait > TimeSpan.Zero)
        {
            Task.Delay(wait, clock).GetAwaiter().GetResult();
        }

        return chosen;
    }

    private void Return(UmBridgeServer server, TimeSpan? rest)
    {
        lock (gate)
        {
            server.InFlight--;
            if (rest is { } time)
            {
                // another program may answer at this address when it answers again
                server.Verified = false;
                server.RestsUntil = clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency);
            }
        }
    }

    private struct Attempts
    {
        private int failures;

        public long Since { get; private set; }

        public int Losses { get; private set; }

        public int Timeouts { get; private set; }

        public void Count(UmBridgeFault fault, long now)
        {
            Since = failures++ == 0 ? now : Since;
            Losses += fault == UmBridgeFault.Lost ? 1 : 0;
            Timeouts += fault == UmBridgeFault.Slow ? 1 : 0;
        }

        // doubles from the shortest to the longest
        public readonly TimeSpan Rest() => TimeSpan.FromTicks(Math.Min(LongestRest.Ticks, ShortestRest.Ticks << Math.Min(failures - 1, 20)));
    }
}
