using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;
using Xunit;

namespace Calibrate.Testing.Simulation;

/// <summary>
/// Drives a run through the real coordinator and a real journal with a <see cref="SimulatedEngine"/> and simulated time, and crashes where it is
/// told to: the coordinator and the engine are dropped as a kill would, and the journal is all that is left.
/// </summary>
/// <remarks>After every event it checks that the live state, a fold of the events as they are journaled, and a fold that began at a snapshot agree.</remarks>
public sealed class SimulatedRun
{
    private const int LongestSimulation = 200_000;

    private readonly IJournal journal;
    private readonly RunId run;
    private readonly IMethod method;
    private readonly ILikelihoodFactory likelihood;
    private readonly Random random;
    private double now;

    /// <summary>Prepares the simulation.</summary>
    /// <param name="journal">Holds the run.</param>
    /// <param name="run">Name of the run.</param>
    /// <param name="method">The method.</param>
    /// <param name="likelihood">What is evaluated.</param>
    /// <param name="seed">Seed of all mischief; it must not change the chain.</param>
    public SimulatedRun(IJournal journal, RunId run, IMethod method, ILikelihoodFactory likelihood, int seed)
    {
        this.journal = journal;
        this.run = run;
        this.method = method;
        this.likelihood = likelihood;
        random = new Random(seed);
    }

    /// <summary>When the run ends.</summary>
    public StopRule StopRule { get; init; } = new(60);

    /// <summary>How the engine wants its work, session by session; the last one repeats.</summary>
    public IReadOnlyList<ExecutionMode> Modes { get; init; } = [ExecutionMode.Dataflow];

    /// <summary>Slots of the engine.</summary>
    public int Slots { get; init; } = 2;

    /// <summary>Whether to crash after the given append, counted over all sessions from 1.</summary>
    public Func<int, bool> CrashesAfter { get; init; } = _ => false;

    /// <summary>Commands somebody gives before the given append.</summary>
    public Func<int, RunCommand?> Interferes { get; init; } = _ => null;

    /// <summary>Answers <see cref="JudgeConvergence"/>.</summary>
    public Func<int, Task<ConvergenceReturned>> Judge { get; init; } =
        iteration => Task.FromResult(new ConvergenceReturned(iteration, double.NaN, double.NaN));

    /// <summary>Whether to check the folds after every event: quadratic in the size of states, so for small runs.</summary>
    public bool ChecksFolds { get; init; } = true;

    /// <summary>Appends so far.</summary>
    public int Appends { get; private set; }

    /// <summary>Sessions so far.</summary>
    public int Sessions { get; private set; }

    /// <summary>Every evaluation handed to an engine after it was journaled already; must stay empty.</summary>
    public List<EvaluationId> Repeated { get; } = [];

    /// <summary>Runs until the run ends or pauses, through as many crashes as there are.</summary>
    public async Task<RunState> ToEndAsync()
    {
        while (true)
        {
            if (await SessionAsync() is { } state)
            {
                return state;
            }
        }
    }

    // One process's life; null when it crashed.
    private async Task<RunState?> SessionAsync()
    {
        var writer = await journal.AcquireAsync(
            run, new AcquireOptions { Owner = $"session {Sessions}", CreateIfMissing = true, Takeover = true });
        var state = await RunRecovery.FoldAsync(journal, run, method);
        if (state is not null && ChecksFolds)
        {
            var replayed = await RunRecovery.ReplayAsync(journal, run, method);
            new StateComparison(method) { LooksForWork = true }.AssertSame(replayed!, state);
        }

        var settledBefore = await SettledAsync();
        now = Math.Max(now, state?.Seconds ?? 0);
        var coordinator = new JournaledCoordinator(method, state, writer);
        coordinator.Evolved += new FoldCheck(method, state, ChecksFolds, random).Check;
        var engine = new SimulatedEngine(method, likelihood, Modes[Math.Min(Sessions, Modes.Count - 1)], Slots, random);
        Sessions++;
        Queue<RunCommand> commands = new([engine.Ready]);
        for (var step = 0; step < LongestSimulation; step++)
        {
            if (commands.Count == 0)
            {
                engine.Next().ToList().ForEach(commands.Enqueue);
                now += 0.2 * random.NextDouble();
                continue;
            }

            List<RunCommand> drained = step == 0 ? [.. Opening(state)] : [commands.Dequeue()];
            if (Interferes(Appends) is { } interference)
            {
                drained.Add(interference);
            }

            var sequence = writer.LastSequence;
            var effects = await coordinator.StepAsync(drained, now);
            Appends += writer.LastSequence > sequence ? 1 : 0;
            if (writer.LastSequence > sequence && CrashesAfter(Appends))
            {
                return null;
            }

            await PerformAsync(effects, engine, commands);
            if (!coordinator.IsActive)
            {
                Repeated.AddRange(engine.Dispatched.Where(settledBefore.Contains));
                await writer.DisposeAsync();
                return coordinator.State;
            }
        }

        throw new InvalidOperationException("The run does not come to an end.");
    }

    private async Task PerformAsync(IReadOnlyList<RunEffect> effects, SimulatedEngine engine, Queue<RunCommand> commands)
    {
        foreach (var effect in effects)
        {
            if (effect is JudgeConvergence judgement)
            {
                commands.Enqueue(await Judge(judgement.Iteration));
            }
            else
            {
                engine.Perform(effect);
            }
        }
    }

    private IEnumerable<RunCommand> Opening(RunState? state)
    {
        if (state is null)
        {
            yield return new StartRun(TestIdentity.Of(run, method), StopRule, TestIdentity.Platform, "simulated");
            yield break;
        }

        if (state.StopRule != StopRule)
        {
            yield return new ExtendRun(StopRule);
        }

        yield return new ResumeRun(TestIdentity.Platform, false, "simulated", "test");
    }

    private async Task<HashSet<EvaluationId>> SettledAsync()
    {
        HashSet<EvaluationId> settled = [];
        await foreach (var entry in journal.ReadAsync(run))
        {
            if (RunEventCodec.Decode(entry.Kind, entry.Payload) is WalkersAdvanced walkers)
            {
                settled.UnionWith(walkers.Outcomes.Select(outcome => outcome.Id));
            }
        }

        return settled;
    }
}
