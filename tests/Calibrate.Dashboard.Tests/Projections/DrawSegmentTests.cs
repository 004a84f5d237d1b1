using Calibrate.Dashboard.Projections;
using Calibrate.Numerics.Statistics;

namespace Calibrate.Dashboard.Tests.Projections;

public class DrawSegmentTests
{
    [Fact]
    public void A_block_is_cut_into_stretches_that_follow_on_each_other_and_hold_every_draw()
    {
        var block = Blocks.Of(ensemble: 1, from: 100, to: 220, thin: 2, walkers: 3);
        var stretches = DrawSegment.Of(block, mostRows: 4).ToArray();

        Assert.Equal(15, stretches.Length);
        Assert.Equal((100, 220), (stretches[0].From, stretches[^1].To));
        Assert.All(stretches.Zip(stretches.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(stretches, stretch => Assert.Equal(4, stretch.Iterations.Length));
        for (var walker = 0; walker < 3; walker++)
        {
            var joined = stretches.Aggregate(default(SampleMoments), (sum, stretch) => sum.Merge(stretch.Moments[0][walker]));
            var expected = SampleMoments.Of(block.Draws.Columns[0].Chain(walker));
            Assert.Equal(expected.Count, joined.Count);
            Assert.Equal(expected.Mean, joined.Mean, 1e-10);
            Assert.Equal(expected.SquaredDeviations, joined.SquaredDeviations, 1e-6);
        }
    }

    [Fact]
    public void Rows_that_are_kept_are_draws_at_their_iterations_and_the_last_one_is_among_them()
    {
        foreach (var stretch in DrawSegment.Of(Blocks.Of(ensemble: 0, from: 0, to: 90, thin: 1, walkers: 2), mostRows: 3))
        {
            Assert.Equal(stretch.To, stretch.Iterations[^1]);
            for (var row = 0; row < stretch.Iterations.Length; row++)
            {
                Assert.Equal([Blocks.Value(0, stretch.Iterations[row], 0), Blocks.Value(0, stretch.Iterations[row], 1)], stretch.Row(0, row).ToArray());
            }
        }
    }

    [Fact]
    public void Joined_stretches_are_one_that_covers_both()
    {
        var stretches = DrawSegment.Of(Blocks.Of(ensemble: 0, from: 0, to: 80, thin: 1, walkers: 2), mostRows: 4).ToArray();
        var joined = stretches[0].Join(stretches[1], mostRows: 4);
        Assert.Equal((stretches[0].From, stretches[1].To), (joined.From, joined.To));
        Assert.Equal(stretches[0].WalkerSteps + stretches[1].WalkerSteps, joined.WalkerSteps);
        Assert.Equal(4, joined.Iterations.Length);
        Assert.Equal(joined.To, joined.Iterations[^1]);
        Assert.Equal([Blocks.Value(0, joined.To, 0), Blocks.Value(0, joined.To, 1)], joined.Row(0, 3).ToArray());
        Assert.Equal(stretches[0].Moments[0][1].Merge(stretches[1].Moments[0][1]), joined.Moments[0][1]);
    }

    [Fact]
    public void Rows_of_a_stretch_that_grew_piece_by_piece_are_still_spread_over_all_of_it()
    {
        var pieces = DrawSegment.Of(Blocks.Of(ensemble: 0, from: 0, to: 320, thin: 1, walkers: 2), mostRows: 8).ToArray();
        var grown = pieces.Skip(1).Aggregate(pieces[0], (sum, piece) => sum.Join(piece, mostRows: 8));
        int[] places = [0, .. grown.Iterations];
        Assert.Equal(9, places.Length);
        Assert.Equal(320, places[^1]);
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 20, 85));
    }

    [Fact]
    public void A_block_that_thinning_left_empty_still_counts_its_acceptance()
    {
        var stretch = Assert.Single(DrawSegment.Of(Blocks.Of(ensemble: 0, from: 10, to: 12, thin: 100, walkers: 2), mostRows: 4));
        Assert.False(stretch.HasDraws);
        Assert.Equal((4.0, 2.0), (stretch.WalkerSteps, stretch.Accepted));
    }
}
