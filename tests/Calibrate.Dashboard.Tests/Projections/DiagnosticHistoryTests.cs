using Calibrate.Dashboard.Projections;

namespace Calibrate.Dashboard.Tests.Projections;

public class DiagnosticHistoryTests
{
    /// <summary>
    /// Independent draws: the effective sample size is their number. The estimate from 2 x 100 batches and more has a relative error of at most
    /// sqrt(2 / 198) = 0.1; six of them, false alarms below 1e-8 per point.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_effective_sample_size_is_that_of_all_draws_whichever_share_was_read(int every)
    {
        var history = DiagnosticHistory.Of(Segments(every, shift: 0), quantities: 1, iteration: 20_000, warmUp: 4000);

        Assert.InRange(history.Coverage, (1.0 / every) - 0.02, (1.0 / every) + 0.02);
        Assert.InRange(history.Last[0].Ess / (2 * 4 * 16_000), 0.4, 1.6);
        Assert.InRange(history.Last[0].Rhat, 1.0, 1.005);
        Assert.Equal(12, history.View.Iterations.Length);
        Assert.Equal((5333, 20_000), (history.View.Iterations[0], history.View.Iterations[^1]));
        Assert.True(history.View.Ess[0][^1] > history.View.Ess[0][2]);
        Assert.InRange(history.Last[0].Mean, -6 / Math.Sqrt(4.0 * 16_000 / every), 6 / Math.Sqrt(4.0 * 16_000 / every));
    }

    [Fact]
    public void Ensembles_that_disagree_are_told_by_rhat() =>
        Assert.True(DiagnosticHistory.Of(Segments(1, shift: 5), 1, 20_000, 4000).Last[0].Rhat > 2);

    [Fact]
    public void Draws_of_the_warm_up_do_not_count()
    {
        var history = DiagnosticHistory.Of(Segments(1, shift: 0), 1, iteration: 20_000, warmUp: 20_000);
        Assert.Empty(history.View.Iterations);
        Assert.True(double.IsNaN(history.Last[0].Mean));
        Assert.Equal(0, history.Coverage);
    }

    [Fact]
    public void Before_there_is_a_draw_nothing_is_known()
    {
        var history = DiagnosticHistory.Of(new DrawSegments(2, 4, 3), 3, iteration: 0, warmUp: 0);
        Assert.Equal(3, history.Last.Length);
        Assert.All(history.Last, estimate => Assert.True(double.IsNaN(estimate.Rhat)));
    }

    private static DrawSegments Segments(int every, double shift)
    {
        var segments = new DrawSegments(2, 4, 1);
        for (var ensemble = 0; ensemble < 2; ensemble++)
        {
            for (var from = 0; from < 20_000; from += 100 * every)
            {
                foreach (var segment in DrawSegment.Of(Blocks.Of(ensemble, from, from + 100, 1, 4, shift), segments.RowsPerStretch))
                {
                    segments.Add(segment);
                }
            }
        }

        return segments;
    }
}
