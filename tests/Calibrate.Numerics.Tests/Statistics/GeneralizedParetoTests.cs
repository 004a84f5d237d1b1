using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Tests.Statistics;

public class GeneralizedParetoTests
{
    [Theory]
    [InlineData(0.5, 2.0)]
    [InlineData(-0.3, 1.0)]
    [InlineData(0.9, 1e-6)]
    public void Finds_what_the_exceedances_were_made_of(double shape, double scale)
    {
        var truth = new GeneralizedPareto(shape, scale);
        double[] exceedances = [.. Enumerable.Range(0, 20_000).Select(i => truth.Quantile((i + 0.5) / 20_000))];

        var fit = GeneralizedPareto.Fit(exceedances);

        Assert.True(fit.IsFitted);
        Assert.Equal(shape, fit.Shape, 0.01);
        Near.Relative(scale, fit.Scale, 0.02);
    }

    [Fact]
    public void The_quantile_inverts_the_distribution_function()
    {
        var tail = new GeneralizedPareto(0.25, 3);
        foreach (var p in (double[])[0, 1e-12, 0.1, 0.5, 0.999])
        {
            var x = tail.Quantile(p);
            Near.Absolute(p, 1 - Math.Pow(1 + (0.25 * x / 3), -4), 1e-12);
        }

        Near.Relative(2 * Math.Log(2), new GeneralizedPareto(0, 2).Quantile(0.5), 1e-15);
    }

    [Fact]
    public void Few_exceedances_are_drawn_towards_one_half()
    {
        var truth = new GeneralizedPareto(-0.5, 1);
        double[] exceedances = [.. Enumerable.Range(0, 10).Select(i => truth.Quantile((i + 0.5) / 10))];
        Assert.InRange(GeneralizedPareto.Fit(exceedances).Shape, -0.2, 0.3);
    }

    [Fact]
    public void Nothing_gives_no_fit() => Assert.False(GeneralizedPareto.Fit([]).IsFitted);
}
