using System.Globalization;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Hosting;

/// <summary>
/// Where requests to a run wait for the session that drives it. It outlives sessions: a run that was paused and resumed in one process is driven by one
/// session after another, and is reachable all the time. Safe for use by several threads.
/// </summary>
internal sealed class ControlDesk : IAsyncDisposable
{
    /// <summary>Requests that may wait at the same time.</summary>
    public const int MostWaiting = 64;

    /// <summary>A request that the session did not get to within this time is answered without it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly RunId run;
    private readonly IReadOnlyList<IControlEndpoint> endpoints;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly Queue<ControlOrder> waiting = new();
    private readonly List<IAsyncDisposable> open = [];
    private ICommandSink? session;
    private bool isOpen;
    private bool isOver;

    public ControlDesk(RunId run, IReadOnlyList<IControlEndpoint> endpoints, TimeProvider clock)
    {
        this.run = run;
        this.endpoints = endpoints;
        this.clock = clock;
    }

    /// <summary>Makes the run reachable; once.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (isOpen)
        {
            return;
        }

        isOpen = true;
        foreach (var endpoint in endpoints)
        {
            if (await endpoint.OpenAsync(run, AnswerAsync, cancellationToken) is { } reachable)
            {
                open.Add(reachable);
            }
        }
    }

    /// <summary>A session drives the run from here on.</summary>
    /// <param name="mailbox">Is woken when requests wait.</param>
    public void Attach(ICommandSink mailbox)
    {
        lock (gate)
        {
            session = mailbox;
            if (waiting.Count > 0)
            {
                mailbox.PostUrgent(new ControlWaiting());
            }
        }
    }

    /// <summary>The session is over; another may follow.</summary>
    public void Detach()
    {
        lock (gate)
        {
            session = null;
        }
    }

    /// <summary>Whether requests wait.</summary>
    public bool HasWaiting
    {
        get
        {
            lock (gate)
            {
                return waiting.Count > 0;
            }
        }
    }

    /// <summary>What waits, in the order in which it came.</summary>
    public IReadOnlyList<ControlOrder> Take()
    {
        lock (gate)
        {
            ControlOrder[] taken = [.. waiting];
            waiting.Clear();
            return taken;
        }
    }

    /// <summary>Answers a request, with the help of whatever session drives the run.</summary>
    public async Task<ControlReply> AnswerAsync(ControlRequest request, CancellationToken cancellationToken)
    {
        var order = new ControlOrder(request, clock.GetTimestamp());
        lock (gate)
        {
            if (isOver)
            {
                return IsOver();
            }

            if (waiting.Count >= MostWaiting)
            {
                return new ControlReply(ControlResult.Unreachable, $"Too many requests wait for run '{run}'. Try again.");
            }

            waiting.Enqueue(order);
            session?.PostUrgent(new ControlWaiting());
        }

        try
        {
            return await order.Answer.WaitAsync(Patience, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new ControlReply(ControlResult.Unreachable, string.Create(
                CultureInfo.InvariantCulture,
                $"Run '{run}' did not get to the request within {Patience.TotalSeconds} s; its journal may be slow. The request may still be carried out: look at the status."));
        }
    }

    /// <summary>Nobody drives the run here any more: the journal was let go of.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            isOver = true;
            session = null;
        }

        foreach (var order in Take())
        {
            order.Reply(IsOver());
        }

        foreach (var reachable in open)
        {
            await reachable.DisposeAsync();
        }
    }

    private ControlReply IsOver() => new(ControlResult.NotRunning, $"The process that drove run '{run}' is ending.");
}
