using System.Text.Json.Nodes;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Parameters;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class MarginalsFigureTests
{
    [Fact]
    public void The_posterior_lies_over_its_prior_with_median_and_ends()
    {
        var prior = PriorCurve.Of(Parameter.Free("x", new Normal(0, 1.5)));

        var panel = MarginalsFigure.Summarise(Draws.Normal(2, 8, 1000), 16_000, prior);
        var figure = MarginalsFigure.Create([panel]);

        // 16,000 independent draws: the standard error of a 5 % quantile is 0.017.
        Assert.Equal(0, panel.Median, 0.07);
        Assert.Equal(-1.645, panel.Q05, 0.12);
        Assert.Equal(1.645, panel.Q95, 0.12);
        Assert.Equal(["posterior", "prior"], figure.Data.Select(trace => (string)trace!["name"]!));
        Assert.Equal(Math.Exp(new Normal(0, 1.5).LogDensity(panel.Prior!.Value.X[50])), panel.Prior.Value.Density[50], 1e-12);
        Assert.Equal(3, ((JsonArray)figure.Layout["shapes"]!).Count);
    }

    [Fact]
    public void A_wide_prior_does_not_squeeze_the_posterior_into_a_spike()
    {
        var panel = MarginalsFigure.Summarise(Draws.Normal(2, 8, 200), 3200, PriorCurve.Of(Parameter.Free("x", new Uniform(-1000, 1000))));

        var density = panel.Density!;
        Assert.InRange((panel.Range.Upper - panel.Range.Lower) / (density.X[^1] - density.X[0]), 2.5, 3.1);
    }

    [Fact]
    public void Draws_at_a_bound_end_there()
    {
        var panel = MarginalsFigure.Summarise(
            Draws.Of(1, 4, 500, (chain, iteration) => ((4 * iteration) + chain + 0.5) / 2000), 2000, PriorCurve.Of(Parameter.Free("x", new Uniform(0, 1))));

        Assert.True(panel.Density!.X[0] > 0);
        Assert.True(panel.Density.X[^1] < 1);
        Assert.All(panel.Density.Density, value => Assert.Equal(1, value, 0.05));
    }

    [Fact]
    public void A_quantity_that_never_varied_has_a_line_and_no_density()
    {
        var figure = MarginalsFigure.Create([MarginalsFigure.Summarise(Draws.Of(1, 2, 10, (_, _) => 4), double.NaN, null)]);

        Assert.Empty(figure.Data);
        Assert.Equal(4, (double)figure.Layout["shapes"]![0]!["x0"]!);
    }
}
