using Calibrate.Inference;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Engines;

/// <summary>Threads with a slot each that take batches from one queue: the local engine's side of the dataflow scheduler.</summary>
internal sealed class DataflowSlots : ILocalWork
{
    private readonly object gate = new();
    private readonly Queue<DispatchBatch> queue = new();
    private readonly Dictionary<EvaluationId, SettledEvaluation> known;
    private readonly ICommandSink answers;
    private readonly TimeProvider clock;
    private readonly List<Thread> threads = [];
    private readonly List<SlotGauge> gauges = [];
    private readonly CancellationTokenSource giveUp = new();
    private bool disposed;

    /// <summary>Starts the threads.</summary>
    /// <param name="first">The first slot.</param>
    /// <param name="factory">Makes the others, each on its own thread.</param>
    /// <param name="count">Number of slots.</param>
    /// <param name="known">Outcomes that need not be evaluated again.</param>
    /// <param name="answers">Where answers go.</param>
    /// <param name="clock">Measures evaluations.</param>
    public DataflowSlots(
        ISlot first, ISlotFactory factory, int count, IEnumerable<SettledEvaluation> known, ICommandSink answers, TimeProvider clock)
    {
        this.known = known.ToDictionary(settled => settled.Id);
        this.answers = answers;
        this.clock = clock;
        while (threads.Count < count)
        {
            Func<ISlot> make = threads.Count == 0 ? () => first : factory.Create;
            var gauge = new SlotGauge(clock);
            gauges.Add(gauge);
            threads.Add(new Thread(() => Work(make, gauge)) { IsBackground = true, Name = $"slot {threads.Count}" });
        }

        threads.ForEach(thread => thread.Start());
    }

    public IReadOnlyList<SlotGauge> Gauges => gauges;

    public int? Queued
    {
        get
        {
            lock (gate)
            {
                return queue.Count;
            }
        }
    }

    public void Perform(RunEffect effect)
    {
        lock (gate)
        {
            switch (effect)
            {
                case DispatchBatch batch:
                    queue.Enqueue(batch);
                    Monitor.Pulse(gate);
                    break;
                case CancelWork:
                    queue.Clear();
                    answers.PostUrgent(new EngineQuiet());
                    break;
                default:
                    throw new ArgumentException($"Dataflow slots do not know the effect {effect.GetType().Name}.", nameof(effect));
            }
        }
    }

    public bool TryStop(TimeSpan patience)
    {
        lock (gate)
        {
            disposed = true;
            Monitor.PulseAll(gate);
        }

        giveUp.Cancel();
        return threads.JoinAll(patience, clock);
    }

    private void Work(Func<ISlot> make, SlotGauge gauge)
    {
        ISlot? slot = null;
        try
        {
            slot = make();
            while (Take() is { } batch)
            {
                var start = clock.GetTimestamp();
                gauge.Begin();
                var outcomes = Evaluate(slot, batch.Requests);
                gauge.End(outcomes.Count);
                var elapsed = clock.GetElapsedTime(start).TotalSeconds;
                answers.Post(new EvaluationsReturned([new BatchAnswer(batch.Batch, outcomes, elapsed)]));
            }
        }
        catch (Exception exception)
        {
            answers.Fault(exception);
        }
        finally
        {
            slot?.DisposeAsync().AsTask().Wait(CancellationToken.None);
        }
    }

    private DispatchBatch? Take()
    {
        lock (gate)
        {
            while (!disposed)
            {
                if (queue.TryDequeue(out var batch))
                {
                    return batch;
                }

                Monitor.Wait(gate);
            }

            return null;
        }
    }

    // What was evaluated to measure the model is not evaluated again.
    private IReadOnlyList<SettledEvaluation> Evaluate(ISlot slot, IReadOnlyList<EvaluationRequest> requests)
    {
        List<SettledEvaluation> remembered = [];
        lock (gate)
        {
            foreach (var request in known.Count == 0 ? [] : requests)
            {
                if (known.Remove(request.Id, out var settled))
                {
                    remembered.Add(settled);
                }
            }
        }

        if (remembered.Count == 0)
        {
            return slot.Evaluate(requests, giveUp.Token);
        }

        var rest = requests.Where(request => !remembered.Exists(settled => settled.Id == request.Id)).ToList();
        return rest.Count == 0 ? remembered : [.. remembered, .. slot.Evaluate(rest, giveUp.Token)];
    }
}
