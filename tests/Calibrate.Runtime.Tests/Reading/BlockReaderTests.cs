using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Reading;

public class BlockReaderTests
{
    private static readonly RunId Run = RunId.Parse("blocks");

    private readonly InMemoryJournal journal = new();

    [Fact]
    public async Task Blocks_hold_the_draws_that_a_reader_of_the_run_finds()
    {
        var (problem, identity) = await SampleAsync(TestProblems.FiveMoves);
        var names = new[] { problem.ReportedNames[0], RunReader.LogPosterior };
        var all = await (await RunReader.OpenAsync(journal, Run, problem)).ReadAsync(names);
        var reader = new BlockReader(journal, Run, problem, identity, names);
        var places = await reader.FindAsync();
        var (draws, steps, accepted) = (0, 0L, 0L);

        await foreach (var block in reader.ReadAsync([.. places.Select(place => place.Sequence)]))
        {
            steps += block.WalkerSteps;
            accepted += block.Accepted;
            for (var row = 0; row < block.Draws.Columns[0].Iterations; row++)
            {
                // Thinned by 7, with a fifth of 60 as warm-up: the reader begins at 14.
                var iteration = block.Draws.FirstIteration + (row * 7);
                Assert.Equal(0, iteration % 7);
                for (var walker = 0; iteration > 12 && walker < identity.Walkers; walker++)
                {
                    draws++;
                    for (var quantity = 0; quantity < 2; quantity++)
                    {
                        Assert.Equal(
                            all[quantity].Chain((block.Ensemble * identity.Walkers) + walker)[(iteration / 7) - 2],
                            block.Draws.Columns[quantity].Chain(walker)[row]);
                    }
                }
            }
        }

        Assert.Equal(all[0].Count, draws);
        var state = (await RunRecovery.FoldAsync(journal, Run, method: null))!;
        Assert.Equal((state.WalkerSteps, state.Accepted), (steps, accepted));
    }

    [Fact]
    public async Task Only_blocks_behind_a_place_are_found_and_other_events_are_passed_over()
    {
        var (problem, identity) = await SampleAsync(new ConjugateProblem { Iterations = 100 }.Build());
        var reader = new BlockReader(journal, Run, problem, identity, ["mu"]);
        var places = await reader.FindAsync();
        Assert.True(places.Count >= 2);
        Assert.Equal(places.Skip(1), await reader.FindAsync(places[0].Sequence + 1));
        await foreach (var _ in reader.ReadAsync([1, 1_000_000]))
        {
            Assert.Fail("The start of the run is no block.");
        }
    }

    [Fact]
    public async Task A_problem_of_another_shape_is_refused()
    {
        var (_, identity) = await SampleAsync(new ConjugateProblem { Iterations = 100 }.Build());
        Assert.Throws<RunException>(() => new BlockReader(journal, Run, TestProblems.FiveMoves, identity, []));
        Assert.Throws<RunException>(() => new BlockReader(journal, Run, new ConjugateProblem().Build(), identity, ["nothing"]));
    }

    [Fact]
    public void The_warm_up_is_what_the_method_says_or_a_fifth()
    {
        Assert.Equal(30, RunReader.WarmUpOf(new EnsembleSpecification { WarmUp = 30 }, 1000));
        Assert.Equal(200, RunReader.WarmUpOf(new EnsembleSpecification(), 1000));
        Assert.Equal(0, RunReader.WarmUpOf(new EnsembleSpecification(), -1));
        Assert.Equal(0, RunReader.WarmUpOf(null, 1000));
    }

    private async Task<(Problem Problem, RunIdentity Identity)> SampleAsync(Problem problem)
    {
        await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(Run, problem));
        return (problem, (await RunRecovery.FoldAsync(journal, Run, method: null))!.Identity);
    }
}
