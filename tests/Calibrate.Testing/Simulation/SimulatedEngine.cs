using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Slots;

namespace Calibrate.Testing.Simulation;

/// <summary>
/// An engine without threads and without time. What it evaluates comes home whenever its seed says: late, out of order, in parts, twice, lost, with the
/// process that evaluated it, or never. Workers come and go, and now and then everything under way is lost. The same seed gives the same mischief.
/// </summary>
public sealed class SimulatedEngine
{
    private readonly IMethod method;
    private readonly ThreadSlot slot;
    private readonly Random random;
    private readonly List<BatchAnswer> underWay = [];
    private readonly Dictionary<EvaluationId, int> deaths = [];
    private readonly int slots;
    private int processes;
    private readonly SortedDictionary<int, (IEnsemble Ensemble, int To)> lanes = [];
    private bool cancelled;

    /// <summary>Creates the engine.</summary>
    /// <param name="method">The run's method.</param>
    /// <param name="likelihood">What it evaluates.</param>
    /// <param name="mode">How it wants its work.</param>
    /// <param name="slots">Slots it claims to have.</param>
    /// <param name="random">Decides all mischief.</param>
    public SimulatedEngine(IMethod method, ILikelihoodFactory likelihood, ExecutionMode mode, int slots, Random random)
    {
        this.method = method;
        this.random = random;
        this.slots = slots;
        slot = new ThreadSlot(likelihood.Create());
        Ready = new EngineReady(mode, slots, SecondsPerEvaluation: random.Next(3) switch { 0 => 0, 1 => 0.0005, _ => 0.5 });
    }

    /// <summary>The engine's first command.</summary>
    public EngineReady Ready { get; }

    /// <summary>Evaluations handed to the engine so far, by id: what a journal holds must never be among them again.</summary>
    public List<EvaluationId> Dispatched { get; } = [];

    /// <summary>Takes in one effect.</summary>
    public void Perform(RunEffect effect)
    {
        switch (effect)
        {
            case DispatchBatch batch:
                Dispatched.AddRange(batch.Requests.Select(request => request.Id));
                underWay.Add(new BatchAnswer(batch.Batch, slot.Evaluate(batch.Requests), 0.001 * random.Next(1, 100)));
                break;
            case RunBlocks run:
                var ensemble = lanes.TryGetValue(run.Ensemble, out var lane) ? lane.Ensemble : method.Restore(run.Ensemble, run.State);
                lanes[run.Ensemble] = (ensemble, run.To);
                break;
            case CancelWork:
                cancelled = true;
                break;
            case AnswersJournaled or WakeAt:
                break;
            default:
                throw new ArgumentException($"Unknown effect {effect.GetType().Name}", nameof(effect));
        }
    }

    /// <summary>What happens next: some answers, a block, a tick, or nothing but time.</summary>
    public IReadOnlyList<RunCommand> Next()
    {
        List<RunCommand> commands = [];
        if (random.Next(4) == 0)
        {
            commands.Add(new Tick());
        }

        if (random.Next(8) == 0)
        {
            commands.Add(News());
        }

        for (var answers = random.Next(1, 4); answers > 0 && underWay.Count > 0; answers--)
        {
            commands.Add(new EvaluationsReturned([.. TakeAnswers()]));
        }

        foreach (var (index, (ensemble, to)) in lanes)
        {
            if ((cancelled || random.Next(3) == 0) && Advance(ensemble, to) is { } command)
            {
                commands.Add(command);
            }
        }

        if (cancelled)
        {
            lanes.Clear();
            underWay.RemoveAll(_ => random.Next(2) == 0);
            commands.Add(new EngineQuiet());
        }

        return commands;
    }

    private IEnumerable<BatchAnswer> TakeAnswers()
    {
        var index = random.Next(underWay.Count);
        var answer = underWay[index];
        var outcomes = answer.Outcomes.ToArray();
        random.Shuffle(outcomes);
        switch (random.Next(10))
        {
            case 0: // a duplicate: the original comes later
                return [answer with { Outcomes = outcomes }];
            case 1: // lost on the way
                underWay.RemoveAt(index);
                return [answer with { Outcomes = [.. outcomes.Select(settled => settled with { Outcome = new Lost("simulated") })] }];
            case 2: // twice at once
                underWay.RemoveAt(index);
                return [answer with { Outcomes = [.. outcomes, .. outcomes] }];
            case 3: // only a part of it was reached
                underWay.RemoveAt(index);
                return [answer with { Outcomes = outcomes[..random.Next(outcomes.Length + 1)] }];
            case 4 when random.Next(4) == 0: // never
                underWay.RemoveAt(index);
                return [];
            case 5 when MayDie(outcomes): // with its process; what was evaluated before may still be there
                underWay.RemoveAt(index);
                return [answer with { Outcomes = Kill(outcomes) }];
            default:
                underWay.RemoveAt(index);
                return [answer with { Outcomes = outcomes }];
        }
    }

    // The third death would be a verdict, which is not what this engine is about.
    private bool MayDie(SettledEvaluation[] outcomes) => Array.TrueForAll(outcomes, settled => deaths.GetValueOrDefault(settled.Id) < 2);

    private SettledEvaluation[] Kill(SettledEvaluation[] outcomes)
    {
        Lost died = new("simulated") { Death = $"process {++processes}" };
        var survived = random.Next(outcomes.Length);
        for (var i = survived; i < outcomes.Length; i++)
        {
            deaths[outcomes[i].Id] = deaths.GetValueOrDefault(outcomes[i].Id) + 1;
            outcomes[i] = outcomes[i] with { Outcome = died };
        }

        return outcomes;
    }

    private RunCommand News()
    {
        WorkerId worker = new($"worker-{random.Next(3)}");
        switch (random.Next(7))
        {
            case 0:
                return new WorkerAdmitted(worker, $"{random.Next(2)} slots", random.Next(1, 3));
            case 1:
                return new WorkerLost(worker, "simulated");
            case 2:
                return new WorkerTurnedAway(worker, $"reason {random.Next(30)}");
            case 3:
                return new CanariesComputed([new Evaluated(random.Next(9), []), new ModelFailed(ModelFailureKind.Exception, "canary"), new Lost("late")]);
            case 4 when random.Next(4) == 0:
                underWay.RemoveAll(_ => random.Next(2) == 0);
                return new WorkLost();
            default:
                return new SlotsChanged(random.Next(slots + 2), random.Next(2) * 0.01);
        }
    }

    private RunCommand? Advance(IEnsemble ensemble, int to)
    {
        if (!cancelled)
        {
            ensemble.Advance(slot.Likelihood, Math.Min(to, ensemble.Iteration + random.Next(1, 30)), AdvanceLimits.None);
        }

        if (ensemble.Refusal is { } refusal)
        {
            return new EnsembleRefused(ensemble.Index, refusal);
        }

        if (!ensemble.HasBlock)
        {
            return null;
        }

        var block = ensemble.PeekBlock();
        ensemble.DropBlock();
        return new BlockReturned(block);
    }
}
