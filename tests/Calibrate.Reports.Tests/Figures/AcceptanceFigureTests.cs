using Calibrate.Reports.Figures;
using Calibrate.Reports.History;

namespace Calibrate.Reports.Tests.Figures;

public class AcceptanceFigureTests
{
    [Fact]
    public void Blocks_are_spread_over_the_stretches_they_touch()
    {
        // Blocks of 100 iterations: two stretches of 100, the second ensemble only half way.
        BlockOfSteps[] steps =
        [
            new(0, -1, 50, 100, 10), new(0, 50, 100, 100, 30), new(0, 100, 200, 200, 100),
            new(1, -1, 100, 200, 50),
        ];

        var panel = AcceptanceFigure.Summarise(steps, 2, 200);

        Assert.Equal([0.0, 100.0, 200.0], panel.Ends);
        Assert.Equal([0.2, 0.5], panel.Shares[0]);
        Assert.Equal(0.25, panel.Shares[1][0]);
        Assert.True(double.IsNaN(panel.Shares[1][1]));
    }

    [Fact]
    public void A_block_over_the_end_of_a_stretch_counts_in_both_by_its_parts()
    {
        BlockOfSteps[] steps = [new(0, -1, 60, 60, 60), new(0, 60, 120, 60, 0)];

        var panel = AcceptanceFigure.Summarise(steps, 1, 120);

        Assert.Equal([1.0, 0.0], panel.Shares[0]);
        Assert.Equal([0.6], AcceptanceFigure.Summarise([new(0, -1, 60, 60, 60), new(0, 60, 100, 40, 0)], 1, 100).Shares[0]);
    }

    [Fact]
    public void Long_runs_have_no_more_points_than_a_screen_shows()
    {
        var steps = Enumerable.Range(0, 5000).Select(i => new BlockOfSteps(0, i - 1, i, 10, 3)).ToArray();

        var panel = AcceptanceFigure.Summarise(steps, 1, 4999);

        Assert.Equal(AcceptanceFigure.MostPoints + 1, panel.Ends.Length);
        Assert.All(panel.Shares[0], share => Assert.Equal(0.3, share, 1e-9));
    }

    [Fact]
    public void A_run_without_blocks_has_an_empty_curve() => Assert.Single(AcceptanceFigure.Create(AcceptanceFigure.Summarise([], 1, 0), 0).Data);
}
