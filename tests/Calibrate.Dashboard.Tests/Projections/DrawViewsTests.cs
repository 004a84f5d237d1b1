using Calibrate.Dashboard.Projections;
using Calibrate.Testing.Problems;

namespace Calibrate.Dashboard.Tests.Projections;

public class DrawViewsTests
{
    [Fact]
    public void Before_there_is_a_draw_there_is_a_view_without_any()
    {
        var problem = new ConjugateProblem().Build();
        var view = DrawViews.Of(new DrawSegments(2, 16, 1), ["mu"], problem, iteration: 0, warmUp: 0);
        Assert.Empty(view.Quantities[0].Traces);
        Assert.Empty(view.Quantities[0].Marginal.Density);
        Assert.True(double.IsNaN(view.Quantities[0].Median));
        Assert.Equal(0, view.Coverage);
    }

    [Fact]
    public void A_long_run_has_no_more_points_than_a_short_one()
    {
        var segments = new DrawSegments(12, 4, 1);
        for (var from = 0; from < 30_000; from += 100)
        {
            for (var ensemble = 0; ensemble < 12; ensemble++)
            {
                foreach (var segment in DrawSegment.Of(Blocks.Of(ensemble, from, from + 100, 1, 4), segments.RowsPerStretch))
                {
                    segments.Add(segment);
                }
            }
        }

        var view = DrawViews.Of(segments, ["mu"], new ConjugateProblem().Build(), 30_000, 6000);
        Assert.Equal(8, view.Quantities[0].Traces.Count);
        Assert.All(view.Quantities[0].Traces, trace => Assert.InRange(trace.Y.Length, 80, 160));
        Assert.All(view.Places, places => Assert.Equal(30_000, places[^1]));
        Assert.InRange(view.Quantities[0].Q95, 1.4, 1.9);
    }
}
