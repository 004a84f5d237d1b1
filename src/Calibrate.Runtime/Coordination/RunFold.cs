using Calibrate.Inference;

namespace Calibrate.Runtime.Coordination;

/// <summary>Evolve: the one place where an event changes the state of a run, in the process that decided it and in every replay alike.</summary>
/// <remarks>
/// Without a method the fold skips the outcomes of single walkers: enough to tell where a run stands, not to go on with it.
/// </remarks>
public sealed class RunFold
{
    private readonly IMethod? method;

    /// <summary>Starts before the first event.</summary>
    /// <param name="method">The run's method, or null to fold only what tells where the run stands.</param>
    public RunFold(IMethod? method) => this.method = method;

    /// <summary>Starts from a snapshot.</summary>
    /// <param name="method">The run's method, or null to fold only what tells where the run stands.</param>
    /// <param name="snapshot">The state up to some event.</param>
    public RunFold(IMethod? method, RunState snapshot)
    {
        this.method = method;
        Folded = snapshot;
    }

    /// <summary>The state after the events so far; null before the first.</summary>
    public RunState? Folded { get; private set; }

    /// <summary>The state after the events so far.</summary>
    /// <exception cref="InvalidDataException">No event was folded yet.</exception>
    public RunState State => Folded ?? throw new InvalidDataException("The journal does not begin with the start of a run.");

    /// <summary>Folds one event in.</summary>
    /// <param name="event">The event that follows on those before.</param>
    /// <param name="cutFromLive">For <see cref="IterationsAdvanced"/>: whether the block was just cut from this state's own ensemble.</param>
    /// <exception cref="InvalidDataException">The event does not follow on those before it.</exception>
    public void Evolve(RunEvent @event, bool cutFromLive = false)
    {
        ArgumentNullException.ThrowIfNull(@event);
        if (@event is RunStarted started)
        {
            Folded = Begin(started);
            return;
        }

        var state = State;
        state.Seconds = @event.Seconds;
        switch (@event)
        {
            case IterationsAdvanced advanced:
                state.Ensembles[advanced.Block.Ensemble].Advance(advanced.Block, cutFromLive);
                state.Failures.Add(advanced.Block.FailuresByKind, advanced.Block.Failures);
                break;
            case WalkersAdvanced walkers:
                Settle(state, walkers);
                break;
            case ConvergenceJudged judged:
                state.JudgedThrough = judged.Iteration;
                state.Converged = judged.Converged;
                state.EndsAt = judged.Converged ? judged.Iteration : null;
                state.LastJudgement = judged;
                break;
            case RunPaused paused:
                End(state, RunStatus.Paused, paused.Reason);
                break;
            case RunResumed resumed:
                Resume(state, resumed);
                break;
            case RunExtended extended:
                Extend(state, extended);
                break;
            case RunCompleted completed:
                End(state, RunStatus.Completed, "");
                (state.Completion, state.FinalIteration) = (completed.Reason, completed.Iteration);
                break;
            case RunFailed failed:
                End(state, RunStatus.Failed, failed.Reason);
                break;
            default:
                EvolveCluster(state, @event);
                break;
        }
    }

    private static void EvolveCluster(RunState state, RunEvent @event)
    {
        switch (@event)
        {
            case WorkerJoined joined:
                state.Workers.Join(joined);
                break;
            case WorkerLeft left:
                state.Workers.Leave(left.Worker);
                break;
            case WorkerRefused refused:
                state.Workers.Refuse(refused);
                break;
            case CanariesRecorded canaries:
                state.CanaryReference = canaries.Outcomes;
                break;
            case VerdictReached verdict:
                state.Verdicts.Add(verdict);
                break;
            case DisagreementFound disagreement:
                state.Disagreements++;
                state.LastDisagreement = disagreement;
                break;
            default:
                throw new InvalidDataException($"The fold does not know the event {@event.GetType().Name}.");
        }
    }

    // A session takes its workers with it when it ends.
    private static void End(RunState state, RunStatus status, string reason)
    {
        (state.Status, state.Reason) = (status, reason);
        state.Workers.Dismiss();
    }

    private RunState Begin(RunStarted started) => Folded is not null
        ? throw new InvalidDataException("The journal starts its run twice.")
        : new RunState(started.Identity, Enumerable.Range(0, started.Identity.Ensembles).Select(index => new EnsembleState(index)))
        {
            Status = RunStatus.Running,
            StopRule = started.StopRule,
            Platform = started.Platform,
            Engine = started.Engine,
        };

    private void Settle(RunState state, WalkersAdvanced walkers)
    {
        if (method is null)
        {
            return;
        }

        foreach (var (id, outcome) in walkers.Outcomes)
        {
            // what came in together with the outcome that ended an ensemble's chain has nothing left to settle, live as in a replay
            var ensemble = state.Ensembles[id.Ensemble].Awaken(method);
            if (!ensemble.Settle(id, outcome) && ensemble.Refusal is null)
            {
                throw new InvalidDataException($"The journal settles {id}, which ensemble {id.Ensemble} does not await.");
            }
        }
    }

    private static void Resume(RunState state, RunResumed resumed)
    {
        (state.Status, state.Reason, state.Completion, state.FinalIteration) = (RunStatus.Running, "", null, -1);
        state.Platform = resumed.Platform;
        state.Engine = resumed.Engine;
        state.SessionStart = resumed.Seconds;
        state.Workers.Dismiss();
    }

    private static void Extend(RunState state, RunExtended extended)
    {
        if (state.StopRule.Ess != extended.StopRule.Ess || state.StopRule.Rhat != extended.StopRule.Rhat)
        {
            state.Converged = false;
        }

        state.StopRule = extended.StopRule;
        state.EndsAt = null;
        state.JudgedThrough = extended.JudgedThrough;
    }
}
