using Calibrate.Dashboard.Projections;

namespace Calibrate.Dashboard.Tests.Projections;

public class DrawSegmentsTests
{
    [Fact]
    public void Neighbours_are_joined_when_there_are_many_and_no_draw_is_lost()
    {
        var segments = new DrawSegments(ensembles: 1, walkers: 2, quantities: 1);
        for (var from = 0; from < 8000; from += 10)
        {
            Add(segments, Blocks.Of(0, from, from + 10, 1, 2));
        }

        Assert.InRange(segments[0].Count, 45, 192);
        Assert.All(segments[0], stretch => Assert.InRange(stretch.To - stretch.From, 1, 8000 / 45));
        Assert.Equal(8000, segments[0].Sum(stretch => stretch.Moments[0][0].Count));
        Assert.All(segments[0].Zip(segments[0].Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(segments[0], stretch => Assert.InRange(stretch.Iterations.Length, 1, segments.RowsPerStretch));
    }

    [Fact]
    public void Of_stretches_with_gaps_every_other_one_stays_and_so_does_the_newest()
    {
        var segments = new DrawSegments(ensembles: 1, walkers: 2, quantities: 1);
        for (var i = 0; i < 1000; i++)
        {
            Add(segments, Blocks.Of(0, 100 * i, (100 * i) + 3, 1, 2));
            Assert.Equal((100 * i) + 3, segments[0][^1].To);
        }

        Assert.InRange(segments[0].Count, 45, 192);
        Assert.All(segments[0].Zip(segments[0].Skip(1)), pair => Assert.True(pair.First.To < pair.Second.From));
    }

    [Fact]
    public void The_order_of_arrival_does_not_matter()
    {
        var forward = new DrawSegments(2, 2, 1);
        var backward = new DrawSegments(2, 2, 1);
        for (var i = 0; i < 10; i++)
        {
            Add(forward, Blocks.Of(i % 2, 100 * i, (100 * i) + 3, 1, 2));
            Add(backward, Blocks.Of((9 - i) % 2, 100 * (9 - i), (100 * (9 - i)) + 3, 1, 2));
        }

        Assert.Equal(forward[0].Select(stretch => stretch.From), backward[0].Select(stretch => stretch.From));
        Assert.Equal(forward[1].Select(stretch => stretch.From), backward[1].Select(stretch => stretch.From));
        Assert.True(forward.HasRoom);
    }

    [Theory]
    [InlineData(4, 64, 11)]
    [InlineData(8, 1024, 24)]
    [InlineData(1, 4, 1)]
    public void Memory_is_bounded_whatever_the_shape(int ensembles, int walkers, int quantities)
    {
        var segments = new DrawSegments(ensembles, walkers, quantities);
        for (var i = 0; i < 400; i++)
        {
            Add(segments, Blocks.Of(0, 10 * i, (10 * i) + 2, 1, 2));
        }

        // At worst the fewest stretches of one row each.
        var doubles = (long)ensembles * walkers * quantities * segments[0].Count * segments.RowsPerStretch;
        Assert.True(doubles <= Math.Max(1 << 20, 24L * ensembles * walkers * quantities), $"{doubles}");
    }

    private static void Add(DrawSegments segments, Calibrate.Runtime.Reading.SelectedBlock block)
    {
        foreach (var segment in DrawSegment.Of(block, segments.RowsPerStretch))
        {
            segments.Add(segment);
        }
    }
}
