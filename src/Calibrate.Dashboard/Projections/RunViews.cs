using Calibrate.Runtime;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;

namespace Calibrate.Dashboard.Projections;

/// <summary>Copies what a page shows out of a run's state, which changes under the next look.</summary>
internal static class RunViews
{
    /// <summary>The view of a run whose journal could not be read.</summary>
    public static RunView Unreadable(RunId run, string message) => new() { Run = run.Name, Status = "unreadable", Reason = message };

    /// <summary>The view of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="state">What its journal says; null when it is empty.</param>
    /// <param name="pace">How fast it is, as seen from here.</param>
    public static RunView Of(RunId run, RunState? state, RunPace pace)
    {
        if (state is null)
        {
            return new RunView { Run = run.Name, Status = "unstarted", Reason = "created, but never started" };
        }

        var identity = state.Identity;
        return new RunView
        {
            Run = run.Name,
            Problem = identity.Problem,
            Status = state.Status.ToString().ToLowerInvariant(),
            Reason = state.Reason,
            Engine = state.Engine,
            Seed = identity.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture),
            StartedAt = identity.StartedAt,
            Version = identity.CalibrateVersion,
            Ensembles = identity.Ensembles,
            Walkers = identity.Walkers,
            Dimension = identity.Dimension,
            Iteration = state.ResultIteration,
            Iterations = state.StopRule.Iterations,
            WalkerSteps = state.WalkerSteps,
            Evaluations = state.Evaluations,
            Acceptance = state.WalkerSteps > 0 ? (double)state.Accepted / state.WalkerSteps : double.NaN,
            Seconds = state.Seconds,
            StepsPerSecond = state.Status == RunStatus.Running ? pace.StepsPerSecond : 0,
            SecondsLeft = state.Status == RunStatus.Running ? pace.SecondsLeft(state) : null,
            StopRule = new StopRuleSnapshot(state.StopRule.Ess, state.StopRule.Rhat, state.StopRule.WallTime?.TotalSeconds),
            Judged = state.LastJudgement is { } judged ? new JudgementView(judged.Iteration, judged.Rhat, judged.Ess, judged.Converged) : null,
            Failures = new SortedDictionary<string, long>(state.Failures.Counts.ToDictionary(), StringComparer.Ordinal),
            FailureExamples = [.. state.Failures.Examples.Select(ViewOf)],
            Verdicts = [.. state.Verdicts.Counts.Select(count => new VerdictSnapshot(count.Key.Kind.ToString().ToLowerInvariant(), count.Key.Rejected, count.Value))],
            Disagreements = state.Disagreements,
            Workers = [.. state.Workers.Admitted.Select(worker => new WorkerView(worker.Worker.Name, worker.Description, worker.Slots))],
            RefusalCount = state.Workers.RefusalCount,
            Refusals = [.. state.Workers.Refusals.Select(refusal => new RefusalSnapshot(refusal.Worker.Name, refusal.Reason))],
        };
    }

    private static FailureView ViewOf(Inference.FailureExample failure) => new(
        failure.Kind, failure.Message, failure.Id.Ensemble, failure.Id.Iteration, failure.Id.Walker, [.. failure.Parameters]);
}
