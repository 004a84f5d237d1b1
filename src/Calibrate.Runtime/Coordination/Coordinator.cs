using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;

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
    private Session session;

    /// <summary>Takes over a run.</summary>
    /// <param name="method">The run's method.</param>
    /// <param name="folded">The fold of the run's journal, made with the same method; null for a run that has not started.</param>
    public Coordinator(IMethod method, RunState? folded = null)
    {
        ArgumentNullException.ThrowIfNull(method);
        this.method = method;
        fold = folded is null ? new RunFold(method) : new RunFold(method, folded);
        session = new Session(method.Ensembles);
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

    /// <summary>Decides what a command means, and changes the state accordingly.</summary>
    /// <param name="command">The command.</param>
    /// <param name="now">Active time of the run in seconds.</param>
    /// <returns>The events, already folded in, to be journaled in this order before any effect is performed.</returns>
    public IReadOnlyList<RunEvent> Handle(RunCommand command, double now)
    {
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

        if (command is EvaluationsReturned returned)
        {
            foreach (var answer in returned.Answers)
            {
                session.Dispatcher?.Returned(answer);
            }
        }

        return events;
    }

    /// <summary>What is to be done now that the journal holds every event so far.</summary>
    /// <param name="now">Active time of the run in seconds.</param>
    public IReadOnlyList<RunEffect> Plan(double now)
    {
        List<RunEffect> effects = [];
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
            dispatcher.Plan(State.Ensembles.Select(ensemble => ensemble.Awaken(method)), State.Horizon, now, effects);
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
        _ => throw new ArgumentException($"The coordinator does not know the command {command.GetType().Name}.", nameof(command)),
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

        HashSet<EvaluationId> seen = [];
        var fresh = returned.Answers
            .SelectMany(answer => answer.Outcomes)
            .Where(settled => settled.Outcome is not Lost && dispatcher.Awaits(settled.Id) && seen.Add(settled.Id))
            .ToList();
        return fresh.Count == 0 ? [] : [new WalkersAdvanced(fresh, now)];
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
        session = new Session(method.Ensembles);
        foreach (var ensemble in State.Ensembles)
        {
            ensemble.Live?.ReturnUnfinished();
        }
    }
}
