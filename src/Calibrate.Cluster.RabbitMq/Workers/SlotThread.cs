using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Slots;

namespace Calibrate.Cluster.RabbitMq.Workers;

/// <summary>One slot of a worker: a thread that evaluates, with a warm instance of every model it was given so far.</summary>
internal sealed class SlotThread
{
    private readonly int number;
    private readonly Workshop workshop;
    private readonly TimeProvider clock;
    private readonly Action<WorkerInput.Evaluated> answer;
    private readonly Action<string> log;
    private readonly CancellationToken abandon;
    private readonly Inbox<Job> inbox = new();
    private readonly Dictionary<ModelFingerprint, ISlot> warm = [];
    private readonly Thread thread;

    public SlotThread(
        int number, Workshop workshop, TimeProvider clock, Action<WorkerInput.Evaluated> answer, Action<string> log, CancellationToken abandon)
    {
        this.number = number;
        this.workshop = workshop;
        this.clock = clock;
        this.answer = answer;
        this.log = log;
        this.abandon = abandon;
        thread = new Thread(Work) { IsBackground = true, Name = $"slot {number}" };
        thread.Start();
    }

    public void Evaluate(ModelFingerprint model, IReadOnlyList<EvaluationRequest> requests) => inbox.Add(new Job.Evaluate(model, requests));

    public void Release(ModelFingerprint model) => inbox.Add(new Job.Release(model));

    /// <summary>Lets go of every model and ends, after what it was given before.</summary>
    public void Stop() => inbox.Close();

    public bool Join(TimeSpan patience) => thread.Join(patience);

    private void Work()
    {
        List<Job> jobs = [];
        while (inbox.TakeAll(ref jobs))
        {
            foreach (var job in jobs)
            {
                switch (job)
                {
                    case Job.Evaluate evaluate:
                        var start = clock.GetTimestamp();
                        var outcomes = Evaluate(evaluate);
                        answer(new WorkerInput.Evaluated(number, outcomes, clock.GetElapsedTime(start).TotalSeconds));
                        break;
                    case Job.Release release when warm.Remove(release.Model, out var slot):
                        Dispose(slot);
                        break;
                }
            }
        }

        foreach (var slot in warm.Values)
        {
            Dispose(slot);
        }
    }

    private IReadOnlyList<SettledEvaluation> Evaluate(Job.Evaluate job)
    {
        try
        {
            if (!warm.TryGetValue(job.Model, out var slot))
            {
                slot = workshop.SlotOf(job.Model);
                warm.Add(job.Model, slot);
            }

            return slot.Evaluate(job.Requests, abandon);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            log($"Slot {number} cannot evaluate: {exception.Message}");
            return [.. job.Requests.Select(request => new SettledEvaluation(request.Id, new Lost(exception.Message)))];
        }
    }

    private static void Dispose(ISlot slot) => slot.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private abstract record Job
    {
        public sealed record Evaluate(ModelFingerprint Model, IReadOnlyList<EvaluationRequest> Requests) : Job;

        public sealed record Release(ModelFingerprint Model) : Job;
    }
}
