using Calibrate.Inference;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Slots;

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
    private readonly SortedDictionary<int, Lane> lanes = [];
    private readonly List<Thread> threads = [];
    private readonly List<SlotGauge> gauges = [];
    private volatile bool cancelled;
    private bool disposed;
    private int working;

    public BlockLanes(IMethod method, IReadOnlyList<ThreadSlot> slots, ICommandSink answers, TimeProvider clock)
    {
        this.method = method;
        this.answers = answers;
        this.clock = clock;
        foreach (var slot in slots)
        {
            var gauge = new SlotGauge(clock);
            gauges.Add(gauge);
            threads.Add(new Thread(() => Work(slot, gauge)) { IsBackground = true, Name = $"lane thread {threads.Count}" });
        }

        threads.ForEach(thread => thread.Start());
    }

    public IReadOnlyList<SlotGauge> Gauges => gauges;

    public int? Queued => null;

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
            Monitor.PulseAll(gate);
        }
    }

    // Quiet is only when everything complete was handed over, also that of lanes which were waiting for a thread.
    private void ReportQuiet()
    {
        if (cancelled && working == 0 && !lanes.Values.Any(lane => lane.IsUncut))
        {
            answers.PostUrgent(new EngineQuiet());
        }
    }

    private void Work(ThreadSlot slot, SlotGauge gauge)
    {
        try
        {
            while (Take() is { } lane)
            {
                Release(lane, Run(slot, lane, gauge));
            }
        }
        catch (Exception exception)
        {
            answers.Fault(exception);
        }
        finally
        {
            slot.DisposeAsync().AsTask().Wait(CancellationToken.None);
        }
    }

    // The idle lane that is furthest behind, or, after a cancellation, one that still has to hand over its block; null when the threads are to end.
    private Lane? Take()
    {
        lock (gate)
        {
            while (!disposed)
            {
                if (lanes.Values.Where(lane => cancelled ? lane.IsUncut : lane.IsIdle).MinBy(lane => lane.Ensemble.Iteration) is { } lane)
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
    private bool Run(ThreadSlot slot, Lane lane, SlotGauge gauge)
    {
        var ensemble = lane.Ensemble;
        int to;
        lock (gate)
        {
            to = lane.To;
        }

        if (!cancelled)
        {
            gauge.Begin();
            gauge.End((long)method.Walkers * Advance(slot, lane, to));
        }

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

    // Returns the iterations that were made.
    private int Advance(ThreadSlot slot, Lane lane, int to)
    {
        var start = clock.GetTimestamp();
        var from = lane.Ensemble.Iteration;
        var limits = new AdvanceLimits(
            Coordinator.BlockBytes, () => cancelled || clock.GetElapsedTime(start) >= Slice, lane.PollEvery);
        lane.Ensemble.Advance(slot.Likelihood, to, limits);
        var made = lane.Ensemble.Iteration - from;
        lane.PollEvery = PollEvery(clock.GetElapsedTime(start).TotalSeconds, made);
        return made;
    }

    // About every 5 ms by what the last slice took: a stop is prompt, and looking at the clock costs nothing.
    private static int PollEvery(double seconds, int iterations) =>
        seconds > 0 ? (int)Math.Clamp(0.005 * iterations / seconds, 1, 4096) : 1;

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

        /// <summary>Iterations between two looks at the clock; every one until the first slice has been measured.</summary>
        public int PollEvery { get; set; } = 1;

        public bool IsIdle => !Busy && !Ended && Ensemble.Iteration < To;

        public bool IsUncut => !Busy && !Ended && Ensemble.HasBlock;
    }
}
