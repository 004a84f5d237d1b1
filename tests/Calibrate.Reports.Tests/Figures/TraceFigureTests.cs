using System.Text.Json.Nodes;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class TraceFigureTests
{
    [Fact]
    public void Short_runs_are_shown_whole()
    {
        var panel = TraceFigure.Summarise(Draws.Of(2, 3, 50, (chain, iteration) => (100 * chain) + iteration, thin: 5));

        Assert.Equal(101, panel.FirstIteration);
        Assert.Equal(5, panel.IterationStep);
        Assert.Equal(6, panel.Walkers.Count);
        Assert.Equal([.. Enumerable.Range(0, 50).Select(i => 400.0 + i)], panel.Walkers[4].Values);
        Assert.Equal((1, 1), (panel.Walkers[4].Ensemble, panel.Walkers[4].Walker));
        Assert.Equal([.. Enumerable.Range(0, 50).Select(i => 100.0 + i)], panel.Means[0].Values);
    }

    [Fact]
    public void Long_runs_show_every_so_manieth_draw_and_means_over_all()
    {
        var panel = TraceFigure.Summarise(Draws.Of(1, 2, 1300, (_, iteration) => iteration));

        Assert.Equal(3, panel.IterationStep);
        Assert.Equal([0.0, 3.0, 6.0], panel.Walkers[0].Values.Take(3));
        Assert.Equal([1.0, 4.0, 7.0], panel.Means[0].Values.Take(3));
        Assert.Equal(1299, panel.Means[0].Values[^1]);
    }

    [Theory]
    [InlineData(1, 64, 8)]
    [InlineData(4, 32, 8)]
    [InlineData(3, 32, 6)]
    [InlineData(20, 32, 8)]
    [InlineData(2, 1, 2)]
    public void A_panel_holds_few_walkers_of_as_many_ensembles_as_possible(int ensembles, int walkers, int lines)
    {
        var panel = TraceFigure.Summarise(Draws.Normal(ensembles, walkers, 10));

        Assert.Equal(lines, panel.Walkers.Count);
        Assert.Equal(ensembles, panel.Means.Count);
        Assert.Equal(panel.Walkers.Count, panel.Walkers.Select(line => (line.Ensemble, line.Walker)).Distinct().Count());
    }

    [Fact]
    public void Panels_share_their_iterations()
    {
        var panel = TraceFigure.Summarise(Draws.Normal(2, 4, 20));

        var figure = TraceFigure.Create([panel, panel]);

        Assert.Equal("x", (string)figure.Layout["xaxis2"]!["matches"]!);
        Assert.Equal(2 * (8 + 2), figure.Data.Count);
        Assert.Equal(101, (long)((JsonArray)figure.Data[0]!["x"]!)[0]!);
        Assert.Equal(2, figure.Data.Count(trace => (bool)trace!["showlegend"]!));
    }
}
