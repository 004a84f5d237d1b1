using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Slots;
using Calibrate.Simulator.Time;

namespace Calibrate.Simulator.Scaling;

/// <summary>
/// A broker's queue and the workers behind it, with slots that sleep as long as an evaluation takes. The broker hands the oldest batch to the
/// next worker in turn that holds fewer than it may; a worker's idle slots take what it holds.
/// </summary>
internal sealed class SimulatedSlots
{
    private readonly ScalingScenario scenario;
    private readonly VirtualTime time;
    private readonly ThreadSlot slot;
    private readonly Action<BatchAnswer> answer;
    private readonly Queue<DispatchBatch> queue = new();
    private readonly Worker[] workers;
    private int turn;

    public SimulatedSlots(ScalingScenario scenario, VirtualTime time, ThreadSlot slot, Action<BatchAnswer> answer)
    {
        this.scenario = scenario;
        this.time = time;
        this.slot = slot;
        this.answer = answer;
        var size = scenario.SlotsPerWorker == 0 ? scenario.Slots : scenario.SlotsPerWorker;
        workers = [.. Enumerable.Range(0, (scenario.Slots + size - 1) / size)
            .Select(index => new Worker { Idle = Math.Min(size, scenario.Slots - (index * size)) })];
        foreach (var worker in workers)
        {
            worker.MayHold = (int)Math.Ceiling(worker.Idle * scenario.HeldPerSlot);
        }
    }

    public void Publish(DispatchBatch batch)
    {
        queue.Enqueue(batch);
        Deliver();
    }

    private void Deliver()
    {
        for (var refused = 0; queue.Count > 0 && refused < workers.Length;)
        {
            var worker = workers[turn];
            turn = (turn + 1) % workers.Length;
            if (worker.Holds == worker.MayHold)
            {
                refused++;
                continue;
            }

            refused = 0;
            worker.Holds++;
            var batch = queue.Dequeue();
            time.After(scenario.Latency, () =>
            {
                worker.Waiting.Enqueue(batch);
                Begin(worker);
            });
        }
    }

    private void Begin(Worker worker)
    {
        while (worker.Idle > 0 && worker.Waiting.TryDequeue(out var batch))
        {
            worker.Idle--;
            var seconds = scenario.Times.Of(batch.Requests);
            time.After(seconds, () =>
            {
                worker.Idle++;
                var outcomes = slot.Evaluate(batch.Requests);
                time.After(scenario.Latency, () =>
                {
                    worker.Holds--;
                    answer(new BatchAnswer(batch.Batch, outcomes, seconds));
                    Deliver();
                });
                Begin(worker);
            });
        }
    }

    private sealed class Worker
    {
        public Queue<DispatchBatch> Waiting { get; } = new();

        public int Idle { get; set; }

        public int Holds { get; set; }

        public int MayHold { get; set; }
    }
}
