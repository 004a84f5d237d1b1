using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;

namespace Calibrate.Runtime.Hosting;

/// <summary>Makes the snapshot that a run's endpoints tell. Rates are measured all the time, from a few counts; the rest is made when somebody asks.</summary>
internal sealed class StatusReporter
{
    // However many ask, a snapshot is made a few times per second at most.
    private const double FreshSeconds = 0.2;

    private readonly SessionSnapshot session;
    private readonly RateMeter steps = new();
    private readonly LoadRates rates = new();
    private string scheduling = "";
    private double secondsProbed;
    private double madeAt = double.NegativeInfinity;
    private RunStatusSnapshot? made;

    /// <summary>Begins with a session.</summary>
    /// <param name="session">Who drives the run.</param>
    public StatusReporter(SessionSnapshot session) => this.session = session;

    /// <summary>The engine is ready.</summary>
    public void Begin(RunBeginning beginning)
    {
        scheduling = beginning.Scheduling;
        secondsProbed = beginning.SecondsPerEvaluation;
    }

    /// <summary>Takes in how the run stands, about twice per second.</summary>
    public void Observe(FleetProgress progress, EngineView view, double now)
    {
        steps.Observe(now, progress.StepsSettled);
        rates.Observe(view, now);
    }

    /// <summary>The snapshot.</summary>
    /// <param name="coordinator">The run's coordinator, which must not be at work.</param>
    /// <param name="view">What the engine does.</param>
    /// <param name="moment">What the session knows besides.</param>
    /// <param name="now">Active time of the run in seconds, time for which this session held it paused included.</param>
    /// <param name="fresh">Whether one that was made just now will not do: something was changed.</param>
    public RunStatusSnapshot Make(JournaledCoordinator coordinator, EngineView view, StatusMoment moment, double now, bool fresh)
    {
        if (made is null || fresh || now - madeAt >= FreshSeconds)
        {
            (made, madeAt) = (Make(coordinator, view, moment, now), now);
        }

        return made;
    }

    private RunStatusSnapshot Make(JournaledCoordinator coordinator, EngineView view, StatusMoment moment, double now)
    {
        var state = coordinator.State;
        var status = StatusOf(coordinator, moment);
        var moves = status is LiveStatus.Running or LiveStatus.Stopping;
        return new RunStatusSnapshot
        {
            Run = state.Identity.Run,
            Problem = state.Identity.Problem,
            Status = status,
            Reason = state.Reason,
            Session = session with { Engine = state.Engine, Scheduling = scheduling },
            Iteration = state.ResultIteration,
            Iterations = state.StopRule.Iterations,
            Ensembles = state.Identity.Ensembles,
            Walkers = state.Identity.Walkers,
            WalkerSteps = state.WalkerSteps,
            Acceptance = state.WalkerSteps > 0 ? (double)state.Accepted / state.WalkerSteps : null,
            StepsPerSecond = moves ? steps.PerSecond(now) : 0,
            Evaluations = state.Evaluations,
            SecondsPerEvaluation = Positive(coordinator.SecondsPerEvaluation) ?? Positive(secondsProbed),
            Seconds = coordinator.IsActive ? now : state.Seconds,
            SecondsLeft = moves ? Finite(moment.SecondsLeft) : null,
            StopRule = new StopRuleSnapshot(Finite(state.StopRule.Ess), Finite(state.StopRule.Rhat), state.StopRule.WallTime?.TotalSeconds),
            Convergence = ConvergenceOf(state, moment.Judged),
            Failures = new Dictionary<string, long>(state.Failures.Counts, StringComparer.Ordinal),
            Verdicts = [.. state.Verdicts.Counts.Select(count => new VerdictSnapshot(
                count.Key.Kind.ToString().ToLowerInvariant(), count.Key.Rejected, count.Value))],
            Work = WorkOf(coordinator, view, moment),
            Nodes = view.Nodes.Count > 0 ? [.. view.Nodes.Select(node => NodeOf(node, now))] : [.. state.Workers.Admitted.Select(NodeOf)],
            RefusalCount = state.Workers.RefusalCount,
            Refusals = [.. state.Workers.Refusals.Select(refusal => new RefusalSnapshot(refusal.Worker.Name, refusal.Reason))],
        };
    }

    private static LiveStatus StatusOf(JournaledCoordinator coordinator, StatusMoment moment) => coordinator.State.Status switch
    {
        RunStatus.Completed => LiveStatus.Completed,
        RunStatus.Failed => LiveStatus.Failed,
        RunStatus.Paused => moment.Resumes ? LiveStatus.Preparing : LiveStatus.Paused,
        _ when coordinator.IsStopping => LiveStatus.Stopping,
        _ => moment.Slots switch { null => LiveStatus.Preparing, 0 => LiveStatus.WaitingForWorkers, _ => LiveStatus.Running },
    };

    // What is under way when a run is paused was taken from the dispatcher; which of it slots had begun shows in their nodes.
    private static WorkSnapshot WorkOf(JournaledCoordinator coordinator, EngineView view, StatusMoment moment)
    {
        var fare = coordinator.Fare();
        return coordinator.IsActive
            ? new WorkSnapshot(
                moment.Slots ?? 0,
                fare.UsefulSlots,
                fare.InFlight,
                coordinator.BatchesInFlight,
                fare.Waiting,
                view.QueuedBatches,
                fare.Redispatched,
                fare.Hedged,
                view.Compared)
            : new WorkSnapshot(moment.Slots ?? 0, fare.UsefulSlots, 0, 0, 0, view.QueuedBatches, fare.Redispatched, fare.Hedged, view.Compared);
    }

    private static ConvergenceSnapshot? ConvergenceOf(RunState state, Judged? judged) => state.LastJudgement is not { } last
        ? null
        : new ConvergenceSnapshot(
            last.Iteration,
            Finite(last.Rhat),
            Finite(last.Ess),
            last.Converged,
            judged?.Iteration != last.Iteration
                ? []
                : [.. judged.Parameters.Select(named => new ParameterSnapshot(
                    named.Key, Finite(named.Value.Rhat), Finite(named.Value.EssBulk), Finite(named.Value.EssTail)))]);

    private NodeSnapshot NodeOf(NodeView node, double now) => new(
        node.Name,
        node.Host,
        node.Process,
        node.Isolation,
        node.Slots,
        node.Load.Busy,
        node.Load.Evaluations,
        Finite(rates.PerSecond(node.Name, -1, now)),
        Finite(rates.BusyShare(node.Name, node.Slots, now)),
        [.. node.EachSlot.Select((slot, index) => new SlotSnapshot(index, slot.Busy > 0, slot.Evaluations, Finite(rates.PerSecond(node.Name, index, now))))]);

    // An engine that has not said anything yet: who was admitted is in the journal.
    private static NodeSnapshot NodeOf(WorkerJoined worker) => new(worker.Worker.Name, "", 0, "", worker.Slots, 0, 0, null, null, []);

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static double? Positive(double value) => double.IsFinite(value) && value > 0 ? value : null;
}

/// <summary>What a session knows at a moment besides its run's state.</summary>
/// <param name="Slots">Slots there are; null while the engine gets ready.</param>
/// <param name="SecondsLeft">Estimated time to the end; null when it cannot be told.</param>
/// <param name="Judged">The figures of the last judgement; null when this session made none.</param>
/// <param name="Resumes">Whether a paused run is about to go on.</param>
internal readonly record struct StatusMoment(int? Slots, double? SecondsLeft, Judged? Judged, bool Resumes);
