using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Cluster;

/// <summary>The slots of a worker and the work that waits for one.</summary>
internal sealed class SlotBoard
{
    /// <summary>
    /// Work that waits at most. The transport's prefetch, twice the slots for every model, keeps it far below; more than this is a mistake of
    /// somebody and goes back.
    /// </summary>
    public const int MostWaiting = 4096;

    /// <summary>Repeats that wait at most: they are a courtesy and must not delay the run's own work for long.</summary>
    public const int MostRepeatsWaiting = 16;

    /// <summary>The beginning of a suspect is told again when the transport does not confirm it in this time.</summary>
    public const double ConfirmSeconds = 5;

    private readonly WorkerId worker;
    private readonly WorkerOutbox outbox;
    private readonly Job?[] slots;
    private readonly LinkedList<Job> waiting = [];
    private long evaluations;
    private double busySeconds;
    private long children;

    public SlotBoard(WorkerSettings settings, WorkerOutbox outbox)
    {
        worker = settings.Worker;
        this.outbox = outbox;
        slots = new Job?[settings.Slots];
    }

    /// <summary>Whether no slot is evaluating.</summary>
    public bool IsIdle => slots.All(job => job is null);

    /// <summary>Whether more work may wait.</summary>
    public bool HasRoom => waiting.Count < MostWaiting;

    /// <summary>What the slots do and did.</summary>
    public WorkerLoad Load => new(slots.Count(job => job is { IsEvaluating: true }), evaluations, busySeconds, children);

    /// <summary>Whether anything of a model is being evaluated or waits.</summary>
    public bool Uses(ModelFingerprint model) => Jobs.Any(job => job.Work.Model == model);

    /// <summary>Whether anything of a session is being evaluated or waits.</summary>
    public bool Serves(SessionId session) => Jobs.Any(job => job.Work.Session == session);

    private IEnumerable<Job> Jobs => slots.OfType<Job>().Concat(waiting);

    /// <summary>Takes work that waits for a slot.</summary>
    public void Add(Work work, long? delivery, double now)
    {
        if (!work.Repeat || waiting.Count(job => job.Work.Repeat) < MostRepeatsWaiting)
        {
            waiting.AddLast(new Job(work) { Delivery = delivery });
            Fill(now);
        }
    }

    /// <summary>Takes a delivery of work that is here already.</summary>
    /// <returns>False if it is not.</returns>
    public bool AddAgain(SessionId session, long batch, long delivery)
    {
        if (Jobs.FirstOrDefault(job => job.Work.Session == session && job.Work.Batch == batch) is not { } job)
        {
            return false;
        }

        outbox.Acknowledge(job.Delivery);
        job.Delivery = delivery;
        return true;
    }

    /// <summary>The transport has a message; if it told the beginning of a suspect, that begins.</summary>
    public void Confirmed(long confirm)
    {
        var slot = Array.FindIndex(slots, job => job is not null && job.Announced == confirm);
        if (slot >= 0)
        {
            Evaluate(slot);
        }
    }

    /// <summary>A slot finished.</summary>
    /// <returns>Its job and the answer; null when it had none.</returns>
    public (WorkDone Done, long? Delivery)? Finish(WorkerInput.Evaluated evaluated, double now)
    {
        if (evaluated.Slot < 0 || evaluated.Slot >= slots.Length || slots[evaluated.Slot] is not { IsEvaluating: true } job)
        {
            return null;
        }

        slots[evaluated.Slot] = null;
        evaluations += evaluated.Outcomes.Count;
        busySeconds += evaluated.Elapsed;
        children += evaluated.Outcomes.Count(settled => settled.Outcome is ResourceExceeded { Kind: not ResourceKind.Crash })
            + evaluated.Outcomes.Select(settled => (settled.Outcome as Lost)?.Death).OfType<string>().Distinct().Count();
        Fill(now);
        return (Answer(job, evaluated.Outcomes, evaluated.Elapsed, WorkReturn.None), job.Delivery);
    }

    /// <summary>The answer to work that is not evaluated.</summary>
    public WorkDone Unevaluated(Work work, WorkReturn why) =>
        Answer(new Job(work), [.. work.Requests.Select(request => new SettledEvaluation(request.Id, new Lost("not evaluated")))], 0, why);

    /// <summary>Takes back the work of a session that no slot evaluates yet.</summary>
    public IReadOnlyList<(Work Work, long? Delivery)> TakeBack(Func<SessionId, bool> session, double now)
    {
        List<(Work Work, long? Delivery)> taken = [];
        foreach (var job in Jobs.Where(job => !job.IsEvaluating && session(job.Work.Session)).ToList())
        {
            taken.Add((job.Work, job.Delivery));
            Remove(job);
        }

        Fill(now);
        return taken;
    }

    /// <summary>The transport is gone: what was not begun will be delivered to somebody again.</summary>
    public void Disconnected()
    {
        foreach (var job in Jobs.ToList())
        {
            job.Delivery = null;
            if (!job.IsEvaluating)
            {
                Remove(job);
            }
        }
    }

    /// <summary>Time passed.</summary>
    public void Passed(double now)
    {
        foreach (var job in slots.OfType<Job>().Where(job => !job.IsEvaluating && now >= job.AnnouncedAt + ConfirmSeconds))
        {
            Announce(job, now);
        }
    }

    private void Remove(Job job)
    {
        var slot = Array.IndexOf(slots, job);
        if (slot >= 0)
        {
            slots[slot] = null;
        }
        else
        {
            waiting.Remove(job);
        }
    }

    private void Fill(double now)
    {
        while (waiting.First is { Value: var job } && Array.IndexOf(slots, null) is >= 0 and var slot)
        {
            waiting.RemoveFirst();
            slots[slot] = job;
            if (job.Work.Suspect)
            {
                Announce(job, now);
            }
            else
            {
                Evaluate(slot);
            }
        }
    }

    private void Announce(Job job, double now)
    {
        job.AnnouncedAt = now;
        job.Announced = outbox.SendConfirmed(
            new Destination.Coordinator(job.Work.Session.Run), new WorkBegun(job.Work.Session, job.Work.Batch, worker));
    }

    private void Evaluate(int slot)
    {
        var job = slots[slot]!;
        job.IsEvaluating = true;
        job.Announced = 0;
        outbox.Do(new WorkerOutput.Evaluate(slot, job.Work.Model, job.Work.Requests));
    }

    private WorkDone Answer(Job job, IReadOnlyList<SettledEvaluation> outcomes, double elapsed, WorkReturn why) => new(
        job.Work.Session,
        job.Work.Batch,
        worker,
        outcomes,
        [.. outcomes.Select((settled, i) => HashOf(job.Work.Requests, settled.Id, i))],
        elapsed,
        why,
        job.Work.Repeat);

    // Answers are in the order of the requests; an answer to something else has no parameters.
    private static ulong HashOf(IReadOnlyList<EvaluationRequest> requests, EvaluationId id, int expectedAt) =>
        expectedAt < requests.Count && requests[expectedAt].Id == id ? ParameterHash.Of(requests[expectedAt].Parameters) : 0;

    private sealed class Job(Work work)
    {
        public Work Work { get; } = work;

        public long? Delivery { get; set; }

        public bool IsEvaluating { get; set; }

        public long Announced { get; set; }

        public double AnnouncedAt { get; set; }
    }
}
