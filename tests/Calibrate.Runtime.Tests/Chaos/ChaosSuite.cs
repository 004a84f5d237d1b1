using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Runtime.Slots;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Simulation;

namespace Calibrate.Runtime.Tests.Chaos;

/// <summary>
/// What every method must live through with its chain unchanged: any scheduling, any slots, an engine that shuffles, delays, duplicates and
/// loses, crashes at every append and at random ones, extension, pause, a stop by convergence. Seeded; no real time, no threads.
/// After every event the live state is compared with folds of the journal.
/// </summary>
public abstract class ChaosSuite
{
    private static readonly RunId Run = RunId.Parse("chaos");
    private static readonly ExecutionMode[] AllModes = [ExecutionMode.Blocks, ExecutionMode.Dataflow, ExecutionMode.Barrier];

    /// <summary>The method under test, thinned by 7.</summary>
    protected abstract IMethod MakeMethod();

    /// <summary>What is evaluated; a part of the space fails.</summary>
    protected abstract ILikelihoodFactory Likelihood { get; }

    /// <summary>Iterations of a short run.</summary>
    protected virtual int Iterations => 45;

    [Theory]
    [InlineData(ExecutionMode.Blocks)]
    [InlineData(ExecutionMode.Dataflow)]
    [InlineData(ExecutionMode.Barrier)]
    public async Task Every_mode_and_number_of_slots_gives_the_same_chain(ExecutionMode mode)
    {
        var expected = await ReferenceHashAsync(Iterations);
        foreach (var slots in (int[])[1, 2, 8])
        {
            var journal = new InMemoryJournal();
            var simulation = Simulate(journal, seed: slots, [mode], slots);
            await CompleteAsync(simulation);
            Assert.Equal(expected, await RunHash.AtAsync(journal, Run));
            Assert.Empty(simulation.Repeated);
        }
    }

    [Theory]
    [InlineData(ExecutionMode.Blocks)]
    [InlineData(ExecutionMode.Dataflow)]
    public async Task A_crash_after_any_append_changes_nothing(ExecutionMode mode)
    {
        const int iterations = 12;
        var expected = await ReferenceHashAsync(iterations);
        for (var crash = 1; ; crash++)
        {
            var journal = new InMemoryJournal();
            var simulation = Simulate(journal, seed: crash, [mode], slots: 3, new StopRule(iterations), appends => appends == crash, checksFolds: crash % 16 == 1);
            await CompleteAsync(simulation);
            Assert.Equal(expected, await RunHash.AtAsync(journal, Run));
            Assert.Empty(simulation.Repeated);
            if (simulation.Sessions == 1)
            {
                Assert.True(crash > 3, "the run never crashed");
                break;
            }
        }
    }

    [Fact]
    public async Task Many_random_crashes_with_changing_modes_change_nothing()
    {
        var expected = await ReferenceHashAsync(Iterations);
        var sessions = 0;
        for (var seed = 1; seed <= 8; seed++)
        {
            var journal = new InMemoryJournal();
            var mischief = new Random(seed);
            var modes = Enumerable.Range(0, 50).Select(_ => AllModes[mischief.Next(3)]).ToArray();
            var simulation = Simulate(journal, seed, modes, slots: 4, crashes: _ => mischief.Next(6) == 0);
            await CompleteAsync(simulation);
            sessions += simulation.Sessions;
            Assert.Equal(expected, await RunHash.AtAsync(journal, Run));
            Assert.Empty(simulation.Repeated);
        }

        Assert.True(sessions > 24, $"{sessions} sessions of 8 runs: they hardly ever crashed");
    }

    [Fact]
    public async Task An_extended_run_has_the_chain_of_a_long_one()
    {
        var journal = new InMemoryJournal();
        await CompleteAsync(Simulate(journal, 1, [ExecutionMode.Dataflow], 2, new StopRule(Iterations / 2)));
        Assert.Equal(await ReferenceHashAsync(Iterations / 2), await RunHash.AtAsync(journal, Run));

        var extended = await CompleteAsync(Simulate(journal, 2, [ExecutionMode.Blocks], 2));
        Assert.Equal(Iterations, extended.FinalIteration);
        Assert.Equal(await ReferenceHashAsync(Iterations), await RunHash.AtAsync(journal, Run));
        Assert.Equal(await ReferenceHashAsync(Iterations / 2), await RunHash.AtAsync(journal, Run, Iterations / 2));
    }

    [Theory]
    [InlineData(ExecutionMode.Blocks)]
    [InlineData(ExecutionMode.Dataflow)]
    public async Task A_run_that_converges_stops_at_the_same_checkpoint_whatever_happens(ExecutionMode mode)
    {
        var rule = new StopRule(1000, Ess: 500, Rhat: 1.05);
        var expected = await ReferenceHashAsync(120);
        for (var seed = 1; seed <= 2; seed++)
        {
            var journal = new InMemoryJournal();
            var mischief = new Random(seed);
            var simulation = Simulate(journal, seed, [mode], 3, rule, _ => mischief.Next(80) == 0, checksFolds: false);
            var state = await CompleteAsync(simulation);
            Assert.Equal((CompletionReason.Converged, 120), (state.Completion, state.FinalIteration));
            Assert.Equal(expected, await RunHash.AtAsync(journal, Run));
        }
    }

    [Theory]
    [InlineData(ExecutionMode.Blocks)]
    [InlineData(ExecutionMode.Dataflow)]
    public async Task A_paused_run_goes_on_as_if_it_had_not_paused(ExecutionMode mode)
    {
        var journal = new InMemoryJournal();
        var paused = await new SimulatedRun(journal, Run, MakeMethod(), Likelihood, 3)
        {
            StopRule = new StopRule(300),
            Modes = [mode],
            Interferes = appends => appends == 3 ? new PauseRun("for a while") : null,
        }.ToEndAsync();
        Assert.Equal((RunStatus.Paused, "for a while"), (paused.Status, paused.Reason));
        Assert.InRange(paused.CommonIteration, -1, 299);

        await CompleteAsync(Simulate(journal, 4, [mode], 2, new StopRule(300), checksFolds: false));
        Assert.Equal(await ReferenceHashAsync(300), await RunHash.AtAsync(journal, Run));
    }

    private async Task<string> ReferenceHashAsync(int iterations)
    {
        var method = MakeMethod();
        var slot = new ThreadSlot(Likelihood.Create());
        List<ulong> digests = [];
        for (var index = 0; index < method.Ensembles; index++)
        {
            var ensemble = method.Create(index);
            ensemble.Advance(slot.Likelihood, iterations, AdvanceLimits.None);
            digests.AddRange([ensemble.Digest.First, ensemble.Digest.Second]);
        }

        return RunHash.Of(iterations, digests.ToArray());
    }

    private static async Task<RunState> CompleteAsync(SimulatedRun simulation)
    {
        var state = await simulation.ToEndAsync();
        Assert.Equal((RunStatus.Completed, ""), (state.Status, state.Reason));
        return state;
    }

    private SimulatedRun Simulate(
        InMemoryJournal journal,
        int seed,
        ExecutionMode[] modes,
        int slots,
        StopRule? rule = null,
        Func<int, bool>? crashes = null,
        bool checksFolds = true) => new(journal, Run, MakeMethod(), Likelihood, seed)
        {
            StopRule = rule ?? new StopRule(Iterations),
            Modes = modes,
            Slots = slots,
            CrashesAfter = crashes ?? (_ => false),
            ChecksFolds = checksFolds,
            Judge = iteration => Task.FromResult(new ConvergenceReturned(iteration, 1.04, 4.2 * iteration)),
        };
}
