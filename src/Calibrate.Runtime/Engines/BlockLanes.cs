using Calibrate.Inference;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Engines;

/// <summary>
/// Runs whole ensembles on threads: the local engine's side of block mode. Every ensemble is a lane; a free thread takes the lane that
/// is furthest behind, so that all ensembles advance evenly however few threads there are.
/// </summary>
internal sealed class BlockLanes : ILocalWork
{
    // Long enough that changing lanes costs nothing, short enough that ensembles stay within one block of each other.
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    private readonly object gate = new();
    private readonly IMethod method;
    private readonly ICommandSink answers;
    private readonly TimeProvider clock;
    private readonly int pollEvery;
    private readonly SortedDictionary<int, Lane> lanes = [];
    private readonly List<Thread> threads = [];
    private volatile bool cancelled;
    private bool disposed;
    private int working;

    public BlockLanes(IMethod method, IReadOnlyList<Slot> slots, double secondsPerEvaluation, ICommandSink answers, TimeProvider clock)
    {
        this.method = method;
        this.answers = answers;
        this.clock = clock;
        pollEvery = PollEvery(secondsPerEvaluation * method.Walkers);
        foreach (var slot in slots)
        {
            threads.Add(new Thread(() => Work(slot)) { IsBackground = true, Name = $"lane thread {threads.Count}" });
        }

        threads.ForEach(thread => thread.Start());
    }

    public void Perform(RunEffect effect)
    {
        switch (effect)
        {
            case RunBlocks run:
                Extend(run);
                break;
            case CancelWork:
                Cancel();
                break;
            default:
                throw new ArgumentException($"Block lanes do not know the effect {effect.GetType().Name}.", nameof(effect));
        }
    }

    public bool TryStop(TimeSpan patience)
    {
        lock (gate)
        {
            cancelled = true;
            disposed = true;
            Monitor.PulseAll(gate);
        }

        return threads.JoinAll(patience, clock);
    }

    // About every 5 ms: a stop is prompt, and looking at the clock costs nothing.
    private static int PollEvery(double secondsPerIteration) =>
        secondsPerIteration > 0 ? (int)Math.Clamp(0.005 / secondsPerIteration, 1, 4096) : 256;

    private void Extend(RunBlocks run)
    {
        lock (gate)
        {
            if (!lanes.TryGetValue(run.Ensemble, out var lane))
            {
                lane = new Lane(method.Restore(run.Ensemble, run.State), clock.GetTimestamp());
                lanes.Add(run.Ensemble, lane);
            }

            lane.To = run.To;
            Monitor.PulseAll(gate);
        }
    }

    private void Cancel()
    {
        lock (gate)
        {
            cancelled = true;
            ReportQuiet();
        }
    }

    private void ReportQuiet()
    {
        if (cancelled && working == 0)
        {
            answers.PostUrgent(new EngineQuiet());
        }
    }

    private void Work(Slot slot)
    {
        try
        {
            while (Take() is { } lane)
            {
                Release(lane, Run(slot, lane));
            }
        }
        catch (Exception exception)
        {
            answers.Fault(exception);
        }
    }

    // The idle lane that is furthest behind; null when the threads are to end.
    private Lane? Take()
    {
        lock (gate)
        {
            while (!disposed)
            {
                if (!cancelled && lanes.Values.Where(lane => lane.IsIdle).MinBy(lane => lane.Ensemble.Iteration) is { } lane)
                {
                    lane.Busy = true;
                    working++;
                    return lane;
                }

                Monitor.Wait(gate);
            }

            return null;
        }
    }

    private void Release(Lane lane, bool wanted)
    {
        lock (gate)
        {
            lane.Busy = false;
            lane.Ended |= !wanted;
            working--;
            ReportQuiet();
            Monitor.Pulse(gate);
        }
    }

    // Returns false when the lane has ended: refused, or nobody takes its blocks any more.
    private bool Run(Slot slot, Lane lane)
    {
        var ensemble = lane.Ensemble;
        var start = clock.GetTimestamp();
        var limits = new AdvanceLimits(Coordinator.BlockBytes, () => cancelled || clock.GetElapsedTime(start) >= Slice, pollEvery);
        int to;
        lock (gate)
        {
            to = lane.To;
        }

        ensemble.Advance(slot.Likelihood, to, limits);
        if (ensemble.Refusal is { } refusal)
        {
            answers.PostUrgent(new EnsembleRefused(ensemble.Index, refusal));
            return false;
        }

        var due = cancelled
            || ensemble.Iteration >= to
            || ensemble.BufferedBytes >= Coordinator.BlockBytes
            || clock.GetElapsedTime(lane.LastCut).TotalSeconds >= Coordinator.BlockSeconds;
        return !due || !ensemble.HasBlock || Cut(lane);
    }

    private bool Cut(Lane lane)
    {
        var block = lane.Ensemble.PeekBlock();
        lane.Ensemble.DropBlock();
        lane.LastCut = clock.GetTimestamp();
        return answers.Post(new BlockReturned(block));
    }

    private sealed class Lane(IEnsemble ensemble, long lastCut)
    {
        public IEnsemble Ensemble { get; } = ensemble;

        public long LastCut { get; set; } = lastCut;

        public int To { get; set; }

        public bool Busy { get; set; }

        public bool Ended { get; set; }

        public bool IsIdle => !Busy && !Ended && Ensemble.Iteration < To;
    }
}
