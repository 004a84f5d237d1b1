using Calibrate.Numerics.Diagnostics;
using Calibrate.Runtime.Reading;

namespace Calibrate.Runtime.Tests.Reading;

public class DrawSlabsTests
{
    private static readonly string[] Names = [RunReader.LogPosterior, "mu", "twice", "y@3"];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(48, 1)]
    [InlineData(1000, 1)]
    [InlineData(4, 3)]
    public async Task Slabs_put_together_are_the_draws_to_the_last_bit(int drawsPerSlab, int thin)
    {
        var reader = (await SampledRuns.SampleAsync()).Select(null, thin);
        var expected = await reader.ReadAsync(Names);
        var next = new int[reader.Ensembles];

        await foreach (var slab in reader.Slabs(Names, null, drawsPerSlab).ReadAsync())
        {
            Assert.Equal(next[slab.Ensemble], slab.FirstDraw);
            Assert.Equal(reader.IterationOf(slab.FirstDraw), slab.FirstIteration);
            Assert.Equal(Math.Min(drawsPerSlab, reader.DrawsPerChain - slab.FirstDraw), slab.Draws);
            for (var c = 0; c < Names.Length; c++)
            {
                AssertSame(expected[c], slab, slab.Columns[c]);
            }

            next[slab.Ensemble] += slab.Draws;
        }

        Assert.All(next, draws => Assert.Equal(reader.DrawsPerChain, draws));
    }

    [Fact]
    public async Task One_ensemble_alone_has_the_draws_it_has_among_the_others()
    {
        var reader = await SampledRuns.SampleAsync();
        var expected = await reader.ReadAsync("mu");

        await foreach (var slab in reader.Slabs(["mu"], 1, 5).ReadAsync())
        {
            Assert.Equal(1, slab.Ensemble);
            AssertSame(expected, slab, slab.Columns[0]);
        }
    }

    [Fact]
    public async Task Accepted_steps_are_the_moves_of_the_walkers()
    {
        var reader = (await SampledRuns.SampleAsync()).Select(0, null);
        var slabs = reader.Slabs(["mu"], null, 9);
        await foreach (var _ in slabs.ReadAsync())
        {
        }

        var draws = await reader.ReadAsync("mu");
        for (var chain = 0; chain < draws.Chains; chain++)
        {
            // The first draw's predecessor is the initial position, which is no draw: one step of each walker is not seen here.
            var moves = 0;
            for (var draw = 1; draw < draws.Iterations; draw++)
            {
                moves += draws.Chain(chain)[draw] == draws.Chain(chain)[draw - 1] ? 0 : 1;
            }

            Assert.InRange(slabs.Accepted(chain / 6)[chain % 6] - moves, 0, 1);
        }

        Assert.Equal((60, 60), (slabs.Steps(0), slabs.Steps(1)));
    }

    [Fact]
    public async Task There_is_no_ensemble_beyond_the_last()
    {
        var reader = await SampledRuns.SampleAsync();

        var refusal = Assert.Throws<RunRefusedException>(() => reader.Slabs(Names, 2, 1));

        Assert.Equal("Run 'short' has no ensemble 2: its 2 are numbered from 0 to 1.", refusal.Message);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        var reader = await SampledRuns.SampleAsync();
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in reader.Slabs(Names, null, 3).ReadAsync(cancellation.Token))
            {
                await cancellation.CancelAsync();
            }
        });
    }

    private static void AssertSame(DrawMatrix all, DrawSlab slab, DrawMatrix column)
    {
        for (var walker = 0; walker < slab.Walkers; walker++)
        {
            Assert.Equal(all.Chain((slab.Ensemble * slab.Walkers) + walker).Slice(slab.FirstDraw, slab.Draws), column.Chain(walker));
        }
    }
}
