using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Cluster;

/// <summary>Feeds a worker's agent and writes down what it says and does.</summary>
internal sealed class WorkerTranscript(WorkerSettings settings)
{
    private readonly List<string> lines = [];

    public WorkerAgent Agent { get; } = new(settings);

    public double Now { get; set; }

    /// <summary>Everything that was said and done, unworded.</summary>
    public List<WorkerOutput> Outputs { get; } = [];

    /// <summary>A worker with two slots that is connected and admitted to the sample session.</summary>
    public static WorkerTranscript Admitted()
    {
        WorkerTranscript transcript = new(ClusterSamples.AnnSettings);
        transcript.Feed(new WorkerInput.Connected());
        transcript.Admit(ClusterSamples.Offer());
        transcript.Clear();
        return transcript;
    }

    /// <summary>Offers a session, lets it be prepared and admits the worker.</summary>
    public void Admit(Offer offer, double secondsPerEvaluation = 0.5)
    {
        Hear(offer);
        Feed(new WorkerInput.Prepared(offer.Session, offer.Model, [ClusterSamples.Value(-1)], secondsPerEvaluation, ""));
        Hear(new Admitted(offer.Session, settings.Worker, offer.Model));
    }

    public void Hear(params ClusterMessage[] messages) => Feed([.. messages.Select(message => new WorkerInput.Arrived(message))]);

    public void Deliver(long delivery, Work work, bool redelivered = false) => Feed(new WorkerInput.Delivered(delivery, work, redelivered));

    /// <summary>A slot finishes its evaluations, each with minus its iteration as log likelihood.</summary>
    public void Finish(int slot, params int[] iterations) => Feed(new WorkerInput.Evaluated(
        slot, [.. iterations.Select(iteration => new SettledEvaluation(new EvaluationId(0, iteration, 0, 0), ClusterSamples.Value(-iteration)))], 0.5));

    public void Confirm(long confirm) => Feed(new WorkerInput.Confirmed(confirm));

    /// <summary>Lets time pass, in steps of half a second.</summary>
    public void Pass(double seconds)
    {
        for (var end = Now + seconds; Now < end;)
        {
            Now += 0.5;
            Feed(new WorkerInput.Passed());
        }
    }

    public void Feed(params WorkerInput[] inputs)
    {
        foreach (var input in inputs)
        {
            List<WorkerOutput> outputs = [];
            Agent.Handle(input, Now, outputs);
            Outputs.AddRange(outputs);
            lines.AddRange(outputs.Select(Wording.Of));
        }
    }

    /// <summary>What was said and done since the last question; heartbeats left out.</summary>
    public string Said()
    {
        var said = string.Join('\n', lines.Where(line => !line.StartsWith("to watchers: WorkerHere", StringComparison.Ordinal)));
        Clear();
        return said;
    }

    public void Clear()
    {
        lines.Clear();
        Outputs.Clear();
    }
}
