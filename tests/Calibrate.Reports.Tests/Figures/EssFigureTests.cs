using Calibrate.Numerics.Diagnostics;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class EssFigureTests
{
    [Fact]
    public void Sizes_of_the_beginnings_are_those_of_their_draws()
    {
        var draws = Draws.Normal(2, 3, 300, thin: 2);

        var panel = EssFigure.Summarise(draws);

        Assert.Equal(600, panel.Iterations[^1]);
        Assert.Equal(300, panel.Iterations[^2]);
        Assert.Equal(EffectiveSampleSize.Bulk(draws.Draws), panel.Bulk[^1], 1e-6);
        Assert.Equal(EffectiveSampleSize.Tail(draws.Draws), panel.Tail[^1], 1e-6);
        var beginning = new DrawMatrix([.. Enumerable.Range(0, 6).SelectMany(chain => draws.Draws.Chain(chain)[..150].ToArray())], 6, 150);
        Assert.Equal(EffectiveSampleSize.Bulk(beginning), panel.Bulk[^2], 1e-6);
    }

    [Fact]
    public void What_is_known_already_is_not_computed_again()
    {
        var known = new ParameterDiagnostics(0, 0, 0, 0, 0, 0, 0, 1, 123, 45, 1);

        var panel = EssFigure.Summarise(Draws.Normal(2, 3, 300), known);

        Assert.Equal((123, 45), (panel.Bulk[^1], panel.Tail[^1]));
    }

    /// <summary>Independent draws are worth about as many: their growth is a straight line. Six standard errors, false alarms below 1e-6.</summary>
    [Fact]
    public void Independent_draws_grow_in_proportion()
    {
        var panel = EssFigure.Summarise(Draws.Normal(4, 8, 2000));

        for (var i = 0; i < panel.Iterations.Length; i++)
        {
            Assert.InRange(panel.Bulk[i] / (32 * panel.Iterations[i]), 0.6, 1.7);
        }
    }

    [Fact]
    public void A_run_of_a_few_draws_has_no_points_but_a_panel()
    {
        var figure = EssFigure.Create([EssFigure.Summarise(Draws.Normal(1, 2, 3))]);

        Assert.Equal(2, figure.Data.Count);
    }
}
