using Calibrate.Problems.Methods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Runtime.Tests.Hosting;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Caching;

/// <summary>Whole runs with a cache: the same chain, and no evaluation is paid for twice.</summary>
public sealed class CachedRunTests
{
    private const int Walkers = 2 * 16;

    private readonly InMemoryJournal journal = new();
    private readonly MemoryCache cache = new();
    private long evaluations;

    [Fact]
    public async Task A_second_run_with_the_same_seed_makes_no_evaluation_and_has_the_same_chain()
    {
        var without = await HashAsync("without", cached: false);
        Assert.Empty(cache.Outcomes);
        var empty = await HashAsync("empty", cached: true);
        var before = Interlocked.Read(ref evaluations);
        var full = await HashAsync("full", cached: true);

        Assert.Equal(without, empty);
        Assert.Equal(without, full);
        Assert.Equal(before, Interlocked.Read(ref evaluations));
        Assert.NotEmpty(cache.Outcomes);
    }

    [Fact]
    public async Task A_longer_run_pays_for_what_is_new_only()
    {
        var whole = await HashAsync("whole", cached: false, 40, new ScriptedEngine());
        var cost = Interlocked.Exchange(ref evaluations, 0);
        await HashAsync("half", cached: true, 20, new ScriptedEngine());
        var half = Interlocked.Exchange(ref evaluations, 0);

        Assert.Equal(whole, await HashAsync("longer", cached: true, 40, new ScriptedEngine()));

        Assert.Equal((41 * Walkers, 21 * Walkers), ((int)cost, (int)half));
        Assert.Equal(cost - half, Interlocked.Read(ref evaluations));
    }

    [Fact]
    public async Task A_problem_that_does_not_ask_for_it_does_not_touch_the_cache()
    {
        await HashAsync("filling", cached: true);
        Interlocked.Exchange(ref evaluations, 0);

        await HashAsync("without", cached: false);

        Assert.True(Interlocked.Read(ref evaluations) >= 31 * Walkers);
    }

    /// <summary>
    /// A session dies with answers in its mailbox that no event tells of yet: a resumed run evaluates them again, unless there is a cache.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_session_evaluated_before_it_was_killed_is_not_paid_for_again(bool cached)
    {
        var expected = await HashAsync("whole", cached: false, 30, new ScriptedEngine());
        var cost = Interlocked.Exchange(ref evaluations, 0);

        for (var death = 10; death < 15; death++)
        {
            var batches = 0;
            var last = death;
            var dying = new ScriptedEngine
            {
                OnPerform = effect =>
                {
                    if (effect is DispatchBatch && ++batches > last)
                    {
                        throw new IOException("the machine stops");
                    }
                },
            };
            await Assert.ThrowsAnyAsync<Exception>(() => RunAsync("killed", cached, 30, dying));
        }

        Assert.Equal(expected, await HashAsync("killed", cached, 30, new ScriptedEngine()));

        var paid = Interlocked.Read(ref evaluations);
        Assert.True(cached ? paid == cost : paid > cost, $"{paid} evaluations for a run of {cost}");
    }

    // Threads under load may be given the same evaluation twice (hedging); where every evaluation is counted, the scripted engine answers at once.
    private async Task<string> HashAsync(string name, bool cached, int iterations = 30, IEngine? engine = null)
    {
        Assert.Equal(RunOutcome.Completed, (await RunAsync(name, cached, iterations, engine)).Outcome);
        return await RunHash.AtAsync(journal, RunId.Parse(name));
    }

    private Task<RunResult> RunAsync(string name, bool cached, int iterations, IEngine? engine)
    {
        var problem = new ConjugateProblem
        {
            Iterations = 60,
            Execution = new ExecutionSpecification { Cache = cached, Slots = 2, Scheduling = SchedulingKind.Dataflow },
            OnEvaluation = () => Interlocked.Increment(ref evaluations),
        }.Build();
        var host = engine is null ? new RunHost(journal, TimeProvider.System) : new RunHost(journal, TimeProvider.System, (_, _) => engine);
        return host.RunAsync(new RunRequest(RunId.Parse(name), problem) { Cache = cache, Iterations = iterations });
    }
}
