using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Cluster;

/// <summary>Puts what is said in a cluster into short lines for transcripts.</summary>
internal static class Wording
{
    public static string Of(FleetOutput output) => output switch
    {
        FleetOutput.Send send => $"to {Of(send.To)}: {Of(send.Message)}",
        FleetOutput.Tell tell => $"tell {Of(tell.Command)}",
        _ => output.GetType().Name,
    };

    public static string Of(WorkerOutput output) => output switch
    {
        WorkerOutput.Send { Confirm: 0 } send => $"to {Of(send.To)}: {Of(send.Message)}",
        WorkerOutput.Send send => $"to {Of(send.To)}: {Of(send.Message)}, confirm {send.Confirm}",
        WorkerOutput.Prepare prepare => $"prepare {prepare.Offer.Session}",
        WorkerOutput.Consume consume => $"consume {Of(consume.Model)}, prefetch {consume.Prefetch}",
        WorkerOutput.Cease cease => $"cease {Of(cease.Model)}",
        WorkerOutput.Release release => $"release {Of(release.Model)}",
        WorkerOutput.Evaluate evaluate => $"evaluate on slot {evaluate.Slot}: {Of(evaluate.Requests.Select(request => request.Id))}",
        WorkerOutput.Acknowledge acknowledge => $"acknowledge {acknowledge.Delivery}",
        _ => output.GetType().Name.ToLowerInvariant(),
    };

    public static string Of(Destination destination) => destination switch
    {
        Destination.WorkQueue queue => $"queue {Of(queue.Model)}",
        Destination.OneWorker one => one.Worker.Name,
        Destination.AllWorkers => "all workers",
        Destination.Coordinator coordinator => $"coordinator of {coordinator.Run}",
        _ => "watchers",
    };

    public static string Of(ClusterMessage message) => message switch
    {
        Offer offer => $"Offer {offer.Session}",
        Proof proof => $"Proof {proof.Session}{(proof.Refusal.Length > 0 ? $" refused: {proof.Refusal}" : "")}",
        Admitted admitted => $"Admitted {admitted.Session}",
        Refused refused => $"Refused: {refused.Reason}",
        Work work => $"Work {work.Batch} {Of(work.Requests.Select(request => request.Id))}{(work.Suspect ? " suspect" : "")}{(work.Repeat ? " repeat" : "")}",
        WorkBegun begun => $"WorkBegun {begun.Batch}",
        WorkDone done => $"WorkDone {done.Session} {done.Batch}{(done.Return == WorkReturn.None ? "" : $" {done.Return}")} {Of(done.Outcomes)}",
        WorkReceived received => $"WorkReceived {string.Join(", ", received.Batches.Select(batch => $"{batch.Session} {batch.Batch}"))}",
        SessionHere here => $"SessionHere {here.Report.Status}, {here.Report.Slots} slots",
        WorkerHere here => $"WorkerHere busy {here.Load.Busy}, sessions {string.Join(' ', here.Sessions)}".TrimEnd(),
        _ => message.GetType().Name,
    };

    public static string Of(RunCommand command) => command switch
    {
        EvaluationsReturned returned => string.Join("; ", returned.Answers.Select(answer => $"answer {answer.Batch} {Of(answer.Outcomes)}")),
        SlotsChanged changed => FormattableString.Invariant($"slots {changed.Slots} at {changed.SecondsPerEvaluation} s"),
        WorkerAdmitted admitted => $"admitted {admitted.Worker}: {admitted.Description}",
        WorkerLost lost => $"lost {lost.Worker}: {lost.Reason}",
        WorkerTurnedAway turned => $"turned away {turned.Worker}: {turned.Reason}",
        CanariesComputed canaries => $"canaries {canaries.Outcomes.Count}",
        ResultsDisagreed disagreed => FormattableString.Invariant(
            $"disagreed on iteration {disagreed.Request.Id.Iteration}: {disagreed.First.Worker} {Of(disagreed.First.Outcome)}, {disagreed.Second.Worker} {Of(disagreed.Second.Outcome)}"),
        _ => command.GetType().Name,
    };

    public static string Of(ModelFingerprint model) => model.Value.Hex[..1];

    private static string Of(IEnumerable<EvaluationId> ids) => $"[{string.Join(", ", ids.Select(id => id.Iteration))}]";

    private static string Of(IEnumerable<SettledEvaluation> outcomes) =>
        $"[{string.Join(", ", outcomes.Select(settled => $"{settled.Id.Iteration}: {Of(settled.Outcome)}"))}]";

    private static string Of(EvaluationOutcome outcome) => outcome switch
    {
        Evaluated value => FormattableString.Invariant($"{value.LogLikelihood}"),
        ModelFailed failure => failure.Kind.ToString(),
        ResourceExceeded exceeded => exceeded.Kind.ToString(),
        Lost { Death: { } death } => $"death of {death}",
        Lost lost => $"lost, {lost.Reason}",
        _ => "?",
    };
}
