using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Simulator.Chaos;

/// <summary>Messages, commands and effects as lines of a transcript.</summary>
internal static class MessageText
{
    public static string Of(ClusterMessage message) => message switch
    {
        Work work => $"Work {work.Session} batch {work.Batch}{(work.Suspect ? " suspect" : "")}{(work.Repeat ? " repeat" : "")}: {Of(work.Requests.Select(request => request.Id))}",
        WorkDone done => $"WorkDone {done.Session} batch {done.Batch} by {done.Worker} {done.Return}{(done.Repeat ? " repeat" : "")}: {Of(done.Outcomes)}",
        WorkReceived received => $"WorkReceived {string.Join(' ', received.Batches.Select(batch => $"{batch.Session}/{batch.Batch}"))}",
        Offer offer => $"Offer {offer.Session}",
        Proof proof => $"Proof {proof.Session} by {proof.Worker} {proof.Refusal}",
        Admitted admitted => $"Admitted {admitted.Session} {admitted.Worker}",
        Refused refused => $"Refused {refused.Session} {refused.Worker}: {refused.Reason}",
        WorkBegun begun => $"WorkBegun {begun.Session} batch {begun.Batch} by {begun.Worker}",
        WorkerHere here => $"WorkerHere {here.Worker} busy {here.Load.Busy} sessions {string.Join(' ', here.Sessions)}",
        SessionOver over => $"SessionOver {over.Session}",
        _ => message.GetType().Name,
    };

    public static string Of(RunCommand command) => command switch
    {
        EvaluationsReturned returned => "Returned " + string.Join(
            " | ", returned.Answers.Select(answer => $"batch {answer.Batch}: {Of(answer.Outcomes)}")),
        SlotsChanged slots => $"SlotsChanged {slots.Slots}",
        WorkerAdmitted admitted => $"WorkerAdmitted {admitted.Worker}",
        WorkerLost lost => $"WorkerLost {lost.Worker}: {lost.Reason}",
        WorkerTurnedAway away => $"WorkerTurnedAway {away.Worker}: {away.Reason}",
        ResultsDisagreed disagreed => $"ResultsDisagreed {Of([disagreed.Request.Id])}",
        _ => command.GetType().Name,
    };

    public static string Of(RunEffect effect) => effect switch
    {
        DispatchBatch batch => $"Dispatch batch {batch.Batch}{(batch.Suspect ? " suspect" : "")}: {Of(batch.Requests.Select(request => request.Id))}",
        AnswersJournaled journaled => $"AnswersJournaled {string.Join(' ', journaled.Batches)}",
        WakeAt wake => FormattableString.Invariant($"WakeAt {wake.Seconds:0.000}"),
        _ => effect.GetType().Name,
    };

    public static string Of(IEnumerable<EvaluationId> ids) =>
        string.Join(' ', ids.Select(id => $"{id.Ensemble}.{id.Iteration}.{id.Walker}{(id.Attempt > 0 ? $".{id.Attempt}" : "")}"));

    private static string Of(IEnumerable<SettledEvaluation> outcomes) => string.Join(' ', outcomes.Select(settled =>
        Of([settled.Id]) + settled.Outcome switch
        {
            Lost { Death: { } death } => $"=DEAD({death})",
            Lost => "=lost",
            ResourceExceeded => "=exceeded",
            ModelFailed => "=failed",
            _ => "",
        }));
}
