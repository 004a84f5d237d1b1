using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Distributions;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class KernelDensityTests
{
    // Quantiles at the middles of equal cells: a sample without noise, so that what differs is the estimator's bias.
    private static DrawMatrix Quantiles(IDistribution distribution, int count) =>
        new([.. Enumerable.Range(0, count).Select(i => distribution.Quantile((i + 0.5) / count))], 1, count);

    private static double At(KernelDensity density, double x) =>
        density.Density[Enumerable.Range(0, density.X.Length).MinBy(i => Math.Abs(density.X[i] - x))];

    [Fact]
    public void A_normal_density_is_found_again()
    {
        var density = KernelDensity.Of(Quantiles(new Normal(3, 0.5), 20_000), double.NaN, Support.RealLine)!;

        foreach (var x in (double[])[2, 2.5, 3, 3.5, 4])
        {
            Assert.Equal(Math.Exp(new Normal(3, 0.5).LogDensity(x)), At(density, x), 0.02);
        }

        Assert.Equal(1, density.Density.Sum() * (density.X[1] - density.X[0]), 1e-3);
    }

    [Fact]
    public void Two_narrow_peaks_far_apart_are_not_smeared_into_one()
    {
        var left = Quantiles(new Normal(-10, 0.2), 5000).Values;
        var right = Quantiles(new Normal(10, 0.2), 5000).Values;

        var density = KernelDensity.Of(new DrawMatrix([.. left, .. right], 1, 10_000), double.NaN, Support.RealLine)!;

        // Silverman's rule would take a bandwidth of 0.9 * 10 * 10000^(-1/5) = 1.4 and flatten the peaks by a factor of seven.
        Assert.InRange(density.Bandwidth, 0.01, 0.2);
        Assert.InRange(At(density, 10) / (0.5 * Math.Exp(new Normal(10, 0.2).LogDensity(10))), 0.75, 1.05);
        Assert.Equal(0, At(density, 0), 1e-6);
    }

    [Fact]
    public void A_uniform_density_ends_at_its_bounds_without_leaking_or_sagging()
    {
        var density = KernelDensity.Of(Quantiles(new Uniform(0, 2), 20_000), double.NaN, new Support(0, 2))!;

        Assert.True(density.X[0] > 0 && density.X[^1] < 2);
        Assert.All(density.Density, value => Assert.Equal(0.5, value, 0.01));
    }

    [Fact]
    public void Fewer_independent_draws_ask_for_a_wider_kernel()
    {
        var draws = Quantiles(new Normal(0, 1), 20_000);

        Assert.True(KernelDensity.Of(draws, 200, Support.RealLine)!.Bandwidth > 1.5 * KernelDensity.Of(draws, 20_000, Support.RealLine)!.Bandwidth);
    }

    /// <summary>Against the bandwidth of a normal sample that is optimal in the mean, (4 / 3n)^(1/5): the plug-in comes within a few percent.</summary>
    [Theory]
    [InlineData(1000)]
    [InlineData(20_000)]
    public void The_bandwidth_of_a_normal_sample_is_about_the_optimal_one(int count)
    {
        var bandwidth = KernelDensity.Of(Quantiles(new Normal(0, 1), count), double.NaN, Support.RealLine)!.Bandwidth;

        Assert.InRange(bandwidth / Math.Pow(4.0 / (3 * count), 0.2), 0.8, 1.2);
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(1.0, double.NaN)]
    [InlineData(1.0, double.PositiveInfinity)]
    public void Draws_without_a_density_have_none(double first, double second) =>
        Assert.Null(KernelDensity.Of(new DrawMatrix([first, second], 1, 2), double.NaN, Support.RealLine));

    [Fact]
    public void Two_draws_are_enough() =>
        Assert.All(KernelDensity.Of(new DrawMatrix([1, 2], 1, 2), double.NaN, Support.RealLine)!.Density, value => Assert.True(double.IsFinite(value)));
}
