using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Coordination;

/// <summary>
/// The one owner of a run's state: a synchronous state machine without clock, thread or I/O, that decides and never evaluates.
/// Everything around it (a host with a mailbox, a broker's consumer, a test) is a thin shell.
/// </summary>
/// <remarks>
/// A shell calls <see cref="Handle"/> with a command, puts the events it returns into the journal, and only then performs the effects
/// that <see cref="Plan"/> returns. Killed at any moment, a run goes on from the fold of its journal: what was in flight is planned again.
/// The coordinator knows no algorithm, only <see cref="IMethod"/> and <see cref="IEnsemble"/>.
/// </remarks>
public sealed class Coordinator
{
    /// <summary>A block is cut at this size: 1 MiB.</summary>
    public const long BlockBytes = 1 << 20;

    /// <summary>A block is cut after this time: one second.</summary>
    public const double BlockSeconds = 1;

    private readonly IMethod method;
    private readonly RunFold fold;
    private readonly VerdictRules rules;
    private readonly List<SettledEvaluation> fresh = [];
    private readonly IEnsemble[] awake;
    private Session session;
    private long stepsBefore;

    /// <summary>Takes over a run.</summary>
    /// <param name="method">The run's method.</param>
    /// <param name="folded">The fold of the run's journal, made with the same method; null for a run that has not started.</param>
    /// <param name="verdicts">What is done about evaluations that exceed a limit; null for <see cref="VerdictRules.Default"/>.</param>
    public Coordinator(IMethod method, RunState? folded = null, VerdictRules? verdicts = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        this.method = method;
        rules = verdicts ?? VerdictRules.Default;
        awake = new IEnsemble[method.Ensembles];
        fold = folded is null ? new RunFold(method) : new RunFold(method, folded);
        session = new Session(method.Ensembles, rules);
        stepsBefore = folded is null ? 0 : StepsSettled();
    }

    /// <summary>Is told of every event right after it was folded in: for tests that compare states, and for tracing.</summary>
    public Action<RunEvent, RunState>? Evolved { get; set; }

    /// <summary>The run's state; null before <see cref="StartRun"/>.</summary>
    public RunState? Folded => fold.Folded;

    /// <summary>The run's state.</summary>
    public RunState State => fold.State;

    /// <summary>How work is handed out; null until the engine is ready.</summary>
    public ExecutionMode? Mode => session.Mode;

    /// <summary>Whether the run is being driven: it neither paused nor ended.</summary>
    public bool IsActive => Folded?.Status == RunStatus.Running;

    /// <summary>Whether the run is coming to a stop: nothing new is handed out.</summary>
    public bool IsStopping => IsActive && session.Stopping is not null;

    /// <summary>Batches that are handed out.</summary>
    public int BatchesInFlight => session.Dispatcher?.BatchesInFlight ?? 0;

    /// <summary>What an evaluation usually takes, in seconds; 0 when nothing is known, or when the engine is handed whole ensembles.</summary>
    public double SecondsPerEvaluation => session.Dispatcher?.SecondsPerEvaluation ?? 0;

    /// <summary>Decides what a command means, and changes the state accordingly.</summary>
    /// <param name="command">The command.</param>
    /// <param name="now">Active time of the run in seconds.</param>
    /// <returns>The events, already folded in, to be journaled in this order before any effect is performed.</returns>
    public IReadOnlyList<RunEvent> Handle(RunCommand command, double now)
    {
        ArgumentNullException.ThrowIfNull(command);
        List<RunEvent> events = [];
        Observe(command, now);
        for (var decided = Decide(command, now); decided.Count > 0; decided = Conclusions.Draw(State, session, now))
        {
            foreach (var @event in decided)
            {
                Evolve(@event);
            }

            events.AddRange(decided);
        }

        return events;
    }

    /// <summary>How the run fares, for reports: nothing in it decides anything.</summary>
    /// <remarks>
    /// <see cref="FleetProgress.UsefulSlots"/> is the most evaluations that were under way or ready at the same time in this session: the
    /// width of the dependency graph as the run met it, initial positions left out, which all are ready at once. It is an upper bound: more slots than
    /// that would idle for certain, and the last of so many would idle often. It never exceeds the number of walkers. 0 while nothing is known.
    /// </remarks>
    public FleetProgress Fare()
    {
        var dispatcher = session.Dispatcher;
        var settled = Folded is null ? 0 : StepsSettled();
        var whole = (long)method.Ensembles * method.Walkers * (Folded?.StopRule.Iterations ?? 0);
        return new FleetProgress(
            Folded?.CommonIteration ?? -1,
            Folded?.StopRule.Iterations ?? 0,
            settled - stepsBefore,
            Math.Max(0, whole - settled),
            dispatcher?.Widest ?? method.Ensembles,
            dispatcher?.InFlight ?? 0,
            dispatcher?.Waiting ?? 0,
            dispatcher?.Redispatched ?? 0,
            dispatcher?.Hedged ?? 0);
    }

    /// <summary>What is to be done now that the journal holds every event so far.</summary>
    /// <param name="now">Active time of the run in seconds.</param>
    public IReadOnlyList<RunEffect> Plan(double now)
    {
        List<RunEffect> effects = [];
        if (session.TakeAnswered() is { Count: > 0 } answered)
        {
            effects.Add(new AnswersJournaled(answered));
        }

        if (!IsActive || session.Stopping is not null)
        {
            if (session.Mode is not null && !session.Cancelled)
            {
                session.Cancelled = true;
                effects.Add(new CancelWork());
            }

            return effects;
        }

        PlanWork(now, effects);
        if (State.NextCheckpoint is { } checkpoint && checkpoint <= State.CommonIteration && session.Judging != checkpoint)
        {
            session.Judging = checkpoint;
            effects.Add(new JudgeConvergence(checkpoint));
        }

        return effects;
    }

    private void PlanWork(double now, List<RunEffect> effects)
    {
        if (session.Dispatcher is { } dispatcher)
        {
            dispatcher.Plan(Awakened(), State.Horizon, now, effects);
            return;
        }

        if (session.Mode != ExecutionMode.Blocks)
        {
            return;
        }

        foreach (var ensemble in State.Ensembles)
        {
            if (session.Grant(ensemble.Index, State.Horizon))
            {
                effects.Add(new RunBlocks(ensemble.Index, State.Horizon, ensemble.Save(method)));
            }
        }
    }

    // Facts about the session that no event needs to tell.
    private void Observe(RunCommand command, double now)
    {
        switch (command)
        {
            case EngineReady ready:
                session.Begin(ready);
                break;
            case PauseRun pause:
                session.Stop(StopCause.Requested, pause.Reason);
                break;
            case EngineQuiet:
                session.FallQuiet();
                break;
            case SlotsChanged changed:
                session.Resize(changed);
                break;
            case WorkLost:
                session.Dispatcher?.LoseEverything();
                break;
            case EvaluationsReturned returned:
                session.Note(returned);
                break;
            case ResultsDisagreed disagreed when IsActive && ClusterDecisions.Disagreement(disagreed, now) is { } found:
                session.Stop(StopCause.Disagreed, rules.Explain(found));
                break;
            case Tick when IsActive && State.StopRule.WallTime is { } wallTime && now - State.SessionStart >= wallTime.TotalSeconds:
                session.Stop(StopCause.WallTime, "the wall time of the stop rule is used up");
                break;
        }
    }

    private IReadOnlyList<RunEvent> Decide(RunCommand command, double now) => command switch
    {
        StartRun start => [new RunStarted(start.Identity, start.StopRule, start.Platform, start.Engine)],
        ResumeRun resume => [new RunResumed(resume.Platform, resume.PlatformAccepted, resume.Engine, resume.CalibrateVersion, now)],
        ExtendRun extend => [new RunExtended(extend.StopRule, JudgedThrough(extend.StopRule), now)],
        EvaluationsReturned returned => Settle(returned, now),
        BlockReturned { Block: var block } => IsActive && State.Ensembles[block.Ensemble].Journaled == block.From
            ? [new IterationsAdvanced(block, now)]
            : [],
        EnsembleRefused refused => IsActive ? [new RunFailed(refused.Reason, now)] : [],
        ConvergenceReturned judged => IsActive && State.NextCheckpoint == judged.Iteration
            ? [new ConvergenceJudged(judged.Iteration, judged.Rhat, judged.Ess, State.StopRule.IsMetBy(judged.Ess, judged.Rhat), now)]
            : [],
        EngineReady or EngineQuiet or Tick or PauseRun => Conclusions.Draw(State, session, now),
        GiveOtherReason other => State.Status == RunStatus.Paused ? [new RunPaused(other.Reason, State.CommonIteration, now)] : [],
        SlotsChanged or WorkLost => [],
        _ => ClusterDecisions.Decide(Folded, command, now),
    };

    // A stop rule that newly asks for convergence is judged from here on: it must not end a run in its past.
    private int JudgedThrough(StopRule rule) => rule.Ess == State.StopRule.Ess && rule.Rhat == State.StopRule.Rhat
        ? State.JudgedThrough
        : Math.Max(State.JudgedThrough, Checkpoints.AtOrBefore(Math.Max(0, State.CommonIteration)));

    // Late answers and duplicates are told by their ids. Outcomes that come home after a pause are work done: they are kept.
    private IReadOnlyList<RunEvent> Settle(EvaluationsReturned returned, double now)
    {
        if (session.Dispatcher is not { } dispatcher || State.Status is RunStatus.Completed or RunStatus.Failed)
        {
            return [];
        }

        fresh.Clear();
        foreach (var answer in returned.Answers)
        {
            dispatcher.Receive(answer, now, fresh);
        }

        List<RunEvent> events = [];
        List<SettledEvaluation> settled = new(fresh.Count);
        foreach (var evaluation in fresh)
        {
            if (evaluation.Outcome is not ResourceExceeded exceeded)
            {
                settled.Add(evaluation);
            }
            else if (rules.Policy == VerdictPolicy.Reject)
            {
                events.Add(Verdict(dispatcher, evaluation.Id, exceeded, rejected: true, now));
                settled.Add(evaluation);
            }
            else if (IsActive)
            {
                // it stays open: who resumes the run tries it again
                var verdict = Verdict(dispatcher, evaluation.Id, exceeded, rejected: false, now);
                events.Add(verdict);
                session.Stop(StopCause.Requested, rules.Explain(verdict));
            }
        }

        if (settled.Count > 0)
        {
            events.Add(new WalkersAdvanced(settled, now));
        }

        return events;
    }

    private static VerdictReached Verdict(Dispatcher dispatcher, EvaluationId id, ResourceExceeded exceeded, bool rejected, double now) =>
        new(id, exceeded.Kind, exceeded.Message, dispatcher.ParametersOf(id), rejected, now);

    private IEnsemble[] Awakened()
    {
        for (var i = 0; i < awake.Length; i++)
        {
            awake[i] = State.Ensembles[i].Awaken(method);
        }

        return awake;
    }

    // Steps that the prior alone decided count as well: they are part of the way to the last iteration.
    private long StepsSettled()
    {
        var iterations = 0L;
        foreach (var ensemble in State.Ensembles)
        {
            iterations += Math.Max(0, ensemble.Live?.Iteration ?? ensemble.Journaled);
        }

        return iterations * method.Walkers;
    }

    private void Evolve(RunEvent @event)
    {
        fold.Evolve(@event, cutFromLive: @event is IterationsAdvanced && session.Dispatcher is not null);
        switch (@event)
        {
            case WalkersAdvanced walkers:
                foreach (var (id, _) in walkers.Outcomes)
                {
                    session.Dispatcher?.Settled(id);
                }

                break;
            case IterationsAdvanced advanced:
                session.Cut(advanced.Block.Ensemble, advanced.Seconds);
                break;
            case RunResumed:
                BeginSession();
                break;
        }

        Evolved?.Invoke(@event, State);
    }

    // What was in flight before a pause may never come back: everything unsettled is handed out again.
    private void BeginSession()
    {
        session = new Session(method.Ensembles, rules);
        stepsBefore = StepsSettled();
        foreach (var ensemble in State.Ensembles)
        {
            ensemble.Live?.ReturnUnfinished();
        }
    }
}
