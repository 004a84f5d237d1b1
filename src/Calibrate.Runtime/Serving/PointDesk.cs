using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Serving;

/// <summary>
/// Has points evaluated in the order in which they are asked for, by whatever an engine's slots are: the coordinator of an evaluation service. As that of a
/// run it has neither clock nor thread nor I/O; unlike it, it has no journal: an answer that arrived is at its destination.
/// </summary>
/// <remarks>
/// Every point that is asked for is an evaluation of its own, named for ever: <see cref="PerIteration"/> points make an iteration, whose walkers they are, from
/// iteration 1. So numbers last for 10^11 points, and the oldest iteration goes first.
/// </remarks>
internal sealed class PointDesk(VerdictRules rules)
{
    /// <summary>Points that share an iteration number.</summary>
    public const int PerIteration = 64;

    private readonly Dispatcher dispatcher = new(slots: 0, barrier: false, secondsPerEvaluation: 0, rules.Timeout);
    private readonly Dictionary<EvaluationId, PointAsked> open = [];
    private readonly List<EvaluationRequest> arrived = [];
    private readonly List<SettledEvaluation> fresh = [];
    private List<long> answered = [];
    private long asked;
    private long settled;
    private bool isStopping;
    private bool isCancelled;

    /// <summary>Whether it was told to stop and the engine did.</summary>
    public bool IsQuiet { get; private set; }

    /// <summary>Points that were asked for and not answered yet.</summary>
    public int Open => open.Count;

    /// <summary>Evaluations at the same time; 0 while there is nobody to evaluate.</summary>
    public int Slots => dispatcher.Slots;

    /// <summary>Takes in what happened.</summary>
    /// <param name="command">What happened.</param>
    /// <param name="now">The time in seconds, from any start.</param>
    /// <exception cref="RunException">Two workers disagree: no answer can be trusted.</exception>
    public void Handle(RunCommand command, double now)
    {
        switch (command)
        {
            case PointAsked point:
                TakeIn(point);
                break;
            case EvaluationsReturned returned:
                TakeBack(returned, now);
                break;
            case EngineReady ready:
                dispatcher.Resize(ready.Slots, ready.SecondsPerEvaluation);
                break;
            case SlotsChanged changed:
                dispatcher.Resize(changed.Slots, changed.SecondsPerEvaluation);
                break;
            case WorkLost:
                dispatcher.LoseEverything();
                break;
            case ResultsDisagreed disagreed:
                throw new RunException(Explain(disagreed));
            case StopServing:
                isStopping = true;
                break;
            case EngineQuiet:
                IsQuiet = isStopping;
                break;
            case Tick or WorkerAdmitted or WorkerLost or WorkerTurnedAway or CanariesComputed:
                break; // for the operator, whom the engine tells
            default:
                throw new ArgumentException($"An evaluation service does not know the command {command.GetType().Name}.", nameof(command));
        }
    }

    /// <summary>What is to be done now.</summary>
    /// <param name="now">The time in seconds, from the same start.</param>
    public IReadOnlyList<RunEffect> Plan(double now)
    {
        List<RunEffect> effects = [];
        if (answered.Count > 0)
        {
            effects.Add(new AnswersJournaled(answered));
            answered = [];
        }

        if (!isStopping)
        {
            dispatcher.TakeIn(arrived);
            arrived.Clear();
            dispatcher.Plan(now, effects);
        }
        else if (!isCancelled)
        {
            isCancelled = true;
            effects.Add(new CancelWork());
        }

        return effects;
    }

    /// <summary>How it fares, for reports: as iterations, those of which everything is answered, and those that were begun.</summary>
    public FleetProgress Fare()
    {
        var next = IdOf(asked);
        var oldest = open.Count == 0 ? next.Iteration : open.Keys.Min(id => id.Iteration);
        return new FleetProgress(
            oldest - 1,
            next.Iteration - (next.Walker == 0 ? 1 : 0),
            settled,
            open.Count,
            dispatcher.Widest,
            dispatcher.InFlight,
            dispatcher.Waiting,
            dispatcher.Redispatched,
            dispatcher.Hedged);
    }

    private static EvaluationId IdOf(long number) => new(0, checked((int)(1 + (number / PerIteration))), (int)(number % PerIteration), 0);

    private void TakeIn(PointAsked point)
    {
        var id = IdOf(asked++);
        open.Add(id, point);
        arrived.Add(new EvaluationRequest(id, point.Natural));
    }

    private void TakeBack(EvaluationsReturned returned, double now)
    {
        foreach (var answer in returned.Answers)
        {
            answered.Add(answer.Batch);
            fresh.Clear();
            dispatcher.Receive(answer, now, fresh);
            foreach (var (id, outcome) in fresh)
            {
                dispatcher.Settled(id);
                if (open.Remove(id, out var point))
                {
                    settled++;
                    point.Done.TrySetResult(outcome);
                }
            }
        }
    }

    private string Explain(ResultsDisagreed disagreed) =>
        $"Two workers computed different results: {disagreed.First.Worker} has {VerdictRules.Describe(disagreed.First.Outcome)}, "
        + $"{disagreed.Second.Worker} has {VerdictRules.Describe(disagreed.Second.Outcome)}. Parameters: {rules.Describe(disagreed.Request.Parameters)}. "
        + "One of them is wrong, or the model is not deterministic: what was answered before may be wrong as well. Find out which, stop that worker, and serve again.";
}
