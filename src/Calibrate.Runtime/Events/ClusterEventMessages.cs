using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Events;

/// <summary>Workers, canaries, verdicts and disagreements in the journal's format.</summary>
internal static class ClusterEventMessages
{
    private const uint Version = RunEventCodec.Version;

    public static Wire.WorkerJoined From(WorkerJoined joined) => new()
    {
        Version = Version,
        Worker = joined.Worker.Name,
        Description = joined.Description,
        Slots = joined.Slots,
        Seconds = joined.Seconds,
    };

    public static WorkerJoined ToEvent(Wire.WorkerJoined message)
    {
        RunEventCodec.CheckVersion(message.Version);
        return new WorkerJoined(new WorkerId(message.Worker), message.Description, message.Slots, message.Seconds);
    }

    public static Wire.WorkerLeft From(WorkerLeft left) =>
        new() { Version = Version, Worker = left.Worker.Name, Reason = left.Reason, Seconds = left.Seconds };

    public static WorkerLeft ToEvent(Wire.WorkerLeft message)
    {
        RunEventCodec.CheckVersion(message.Version);
        return new WorkerLeft(new WorkerId(message.Worker), message.Reason, message.Seconds);
    }

    public static Wire.WorkerRefused From(WorkerRefused refused) =>
        new() { Version = Version, Worker = refused.Worker.Name, Reason = refused.Reason, Seconds = refused.Seconds };

    public static WorkerRefused ToEvent(Wire.WorkerRefused message)
    {
        RunEventCodec.CheckVersion(message.Version);
        return new WorkerRefused(new WorkerId(message.Worker), message.Reason, message.Seconds);
    }

    public static Wire.CanariesRecorded From(CanariesRecorded canaries)
    {
        var message = new Wire.CanariesRecorded { Version = Version, Seconds = canaries.Seconds };
        message.Outcomes.Add(canaries.Outcomes.Select((outcome, canary) =>
            OutcomeMessages.From(new SettledEvaluation(new EvaluationId(0, 0, canary, 0), outcome))));
        return message;
    }

    public static CanariesRecorded ToEvent(Wire.CanariesRecorded message)
    {
        RunEventCodec.CheckVersion(message.Version);
        return new CanariesRecorded([.. message.Outcomes.Select(outcome => OutcomeMessages.ToSettled(outcome).Outcome)], message.Seconds);
    }

    public static Wire.VerdictReached From(VerdictReached verdict) => new()
    {
        Version = Version,
        Ensemble = verdict.Id.Ensemble,
        Iteration = verdict.Id.Iteration,
        Walker = verdict.Id.Walker,
        Attempt = verdict.Id.Attempt,
        Kind = (int)verdict.Kind,
        Message = verdict.Message,
        Parameters = BlockMessages.Wrap(verdict.Parameters),
        Rejected = verdict.Rejected,
        Seconds = verdict.Seconds,
    };

    public static VerdictReached ToEvent(Wire.VerdictReached message)
    {
        RunEventCodec.CheckVersion(message.Version);
        return new VerdictReached(
            new EvaluationId(message.Ensemble, message.Iteration, message.Walker, message.Attempt),
            (ResourceKind)message.Kind,
            message.Message,
            BlockMessages.ArrayOf<double>(message.Parameters),
            message.Rejected,
            message.Seconds);
    }

    public static Wire.DisagreementFound From(DisagreementFound found) => new()
    {
        Version = Version,
        Parameters = BlockMessages.Wrap(found.Parameters),
        FirstWorker = found.FirstWorker,
        First = OutcomeMessages.From(new SettledEvaluation(found.Id, found.First)),
        SecondWorker = found.SecondWorker,
        Second = OutcomeMessages.From(new SettledEvaluation(found.Id, found.Second)),
        Seconds = found.Seconds,
    };

    public static DisagreementFound ToEvent(Wire.DisagreementFound message)
    {
        RunEventCodec.CheckVersion(message.Version);
        var (id, first) = OutcomeMessages.ToSettled(message.First);
        return new DisagreementFound(
            id,
            BlockMessages.ArrayOf<double>(message.Parameters),
            message.FirstWorker,
            first,
            message.SecondWorker,
            OutcomeMessages.ToSettled(message.Second).Outcome,
            message.Seconds);
    }
}
