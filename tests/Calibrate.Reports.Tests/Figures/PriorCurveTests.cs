using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Parameters;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class PriorCurveTests
{
    [Fact]
    public void Bounds_truncate_a_prior_and_become_walls()
    {
        var curve = PriorCurve.Of(new Parameter("x") { Prior = new Normal(0, 1), Bounds = new Support(0, 3) })!;

        var (x, density) = curve.Over(-1, 2)!.Value;

        Assert.Equal(new Support(0, 3), curve.Support);
        Assert.Equal((0.0, 0.0), (x[0], density[0]));
        Assert.Equal(1 / Math.Sqrt(2 * Math.PI) / (new Normal(0, 1).Cdf(3) - 0.5), density[1], 1e-9);
        Assert.Equal(2.0, x[^1]);
        Assert.True(density[^1] > 0);
    }

    [Fact]
    public void A_flat_prior_has_no_curve_unless_it_is_bounded()
    {
        Assert.Null(PriorCurve.Of(Parameter.Flat("x"))!.Over(0, 1));
        Assert.Null(PriorCurve.Of(Parameter.Flat("x"))!.Bulk);
        Assert.All(PriorCurve.Of(Parameter.Flat("x") with { Bounds = new Support(0, 4) })!.Over(1, 2)!.Value.Density, value => Assert.Equal(0.25, value, 1e-12));
    }

    [Fact]
    public void Parameters_that_are_not_sampled_have_none()
    {
        Assert.Null(PriorCurve.Of(Parameter.Fixed("x", 1)));
        Assert.Null(PriorCurve.Of(Parameter.Tied("x", "2 * y")));
    }

    [Fact]
    public void A_derived_quantity_has_the_density_of_its_draws()
    {
        var normal = new Normal(5, 2);
        var curve = PriorCurve.Of([.. Enumerable.Range(0, 4000).Select(i => normal.Quantile((i + 0.5) / 4000)), double.NaN])!;

        var (x, density) = curve.Over(4, 6)!.Value;

        Assert.All(x.Zip(density), point => Assert.Equal(Math.Exp(normal.LogDensity(point.First)), point.Second, 0.015));
        Assert.Equal(normal.Quantile(0.01), curve.Bulk!.Value.Lower, 0.05);
        Assert.Null(PriorCurve.Of([double.NaN, double.NaN]));
        Assert.Null(curve.Over(1000, 1001));
    }
}
