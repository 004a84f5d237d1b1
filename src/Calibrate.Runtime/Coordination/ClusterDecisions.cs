using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Coordination;

/// <summary>
/// What the news of a cluster mean for a run that is under way. News that change nothing (a worker announced twice, a refusal repeated) make no event,
/// and a run that paused or ended takes no notice.
/// </summary>
internal static class ClusterDecisions
{
    public static IReadOnlyList<RunEvent> Decide(RunState? state, RunCommand command, double now) => command switch
    {
        WorkerAdmitted admitted => Of(state, state => Admit(state, admitted, now)),
        WorkerLost lost => Of(state, state => state.Workers.Find(lost.Worker) is null ? null : new WorkerLeft(lost.Worker, lost.Reason, now)),
        WorkerTurnedAway turned => Of(state, state => TurnAway(state, turned, now)),
        CanariesComputed computed => Of(state, state => Record(state, computed, now)),
        ResultsDisagreed disagreed => Of(state, _ => Disagreement(disagreed, now)),
        _ => throw new ArgumentException($"The coordinator does not know the command {command.GetType().Name}.", nameof(command)),
    };

    /// <summary>The event that tells of a disagreement; null if one of the outcomes is none.</summary>
    public static DisagreementFound? Disagreement(ResultsDisagreed disagreed, double now) =>
        disagreed.First.Outcome is Lost || disagreed.Second.Outcome is Lost
            ? null
            : new DisagreementFound(
                disagreed.Request.Id,
                disagreed.Request.Parameters,
                disagreed.First.Worker,
                disagreed.First.Outcome,
                disagreed.Second.Worker,
                disagreed.Second.Outcome,
                now);

    private static IReadOnlyList<RunEvent> Of(RunState? state, Func<RunState, RunEvent?> decide) =>
        state?.Status == RunStatus.Running && decide(state) is { } @event ? [@event] : [];

    private static WorkerJoined? Admit(RunState state, WorkerAdmitted admitted, double now) =>
        state.Workers.Find(admitted.Worker) is { } known && known.Description == admitted.Description && known.Slots == admitted.Slots
            ? null
            : new WorkerJoined(admitted.Worker, admitted.Description, admitted.Slots, now);

    private static WorkerRefused? TurnAway(RunState state, WorkerTurnedAway turned, double now) =>
        state.Workers.Refusals.Any(refusal => refusal.Worker == turned.Worker && refusal.Reason == turned.Reason)
            ? null
            : new WorkerRefused(turned.Worker, turned.Reason, now);

    // The first reference stays for ever: whoever differs from it later is the one to be refused. A canary that was lost ends it.
    private static CanariesRecorded? Record(RunState state, CanariesComputed computed, double now)
    {
        EvaluationOutcome[] outcomes = [.. computed.Outcomes.TakeWhile(outcome => outcome is not Lost)];
        return state.CanaryReference.Count > 0 || outcomes.Length == 0 ? null : new CanariesRecorded(outcomes, now);
    }
}
