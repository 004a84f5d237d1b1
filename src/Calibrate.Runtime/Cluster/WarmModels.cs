namespace Calibrate.Runtime.Cluster;

/// <summary>The models that a worker has ready: whose queue it takes work from, and when it lets go of one.</summary>
/// <param name="slots">Slots of the worker.</param>
/// <param name="outbox">Where its decisions go.</param>
internal sealed class WarmModels(int slots, WorkerOutbox outbox)
{
    /// <summary>A model that no session wants stays warm for this time, so that the next run of it starts at once.</summary>
    public const double GraceSeconds = 60;

    /// <summary>Below this, a slot has its next batch waiting while the last one is confirmed; above, waiting work would better go to another worker.</summary>
    public const double BriefSeconds = 0.020;

    private readonly Dictionary<ModelFingerprint, Warm> models = [];

    /// <summary>A model is ready, if it could be built.</summary>
    public void Add(WorkerInput.Prepared prepared, double now)
    {
        if (prepared.Model is not { } model)
        {
            return;
        }

        if (!models.TryGetValue(model, out var warm))
        {
            models[model] = warm = new Warm { LastWanted = now };
        }

        warm.Prefetch = prepared.SecondsPerEvaluation < BriefSeconds ? 2 * slots : slots;
    }

    /// <summary>Takes work for the models that are wanted, and from none else; lets go of those that nobody wants any more.</summary>
    public void Settle(WorkerSeats seats, SlotBoard board, bool isStopping, double now)
    {
        foreach (var (model, warm) in models)
        {
            var consumes = !isStopping && seats.Admits(model);
            if (consumes != warm.Consumes)
            {
                warm.Consumes = consumes;
                outbox.Do(consumes ? new WorkerOutput.Consume(model, warm.Prefetch) : new WorkerOutput.Cease(model));
            }

            if (seats.Wants(model) || board.Uses(model))
            {
                warm.LastWanted = now;
            }
            else if (now - warm.LastWanted >= GraceSeconds)
            {
                models.Remove(model);
                seats.Forget(model);
                outbox.Do(new WorkerOutput.Release(model));
            }
        }
    }

    /// <summary>The transport is new: it takes work for nothing yet.</summary>
    public void Connected()
    {
        foreach (var (model, warm) in models)
        {
            if (warm.Consumes)
            {
                outbox.Do(new WorkerOutput.Consume(model, warm.Prefetch));
            }
        }
    }

    private sealed class Warm
    {
        public bool Consumes { get; set; }

        public int Prefetch { get; set; }

        public double LastWanted { get; set; }
    }
}
