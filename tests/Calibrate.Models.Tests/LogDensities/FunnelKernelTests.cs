using Calibrate.Models.LogDensities;

namespace Calibrate.Models.Tests.LogDensities;

public class FunnelKernelTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(-4, 0.1, -0.2)]
    [InlineData(5.5, 12, 40)]
    public void Is_a_normal_of_a_normal_log_variance(double v, double x, double y)
    {
        double Normal(double value, double sd) =>
            (-0.5 * value * value / (sd * sd)) - Math.Log(sd * Math.Sqrt(2 * Math.PI));
        double sd = Math.Exp(v / 2);
        double expected = Normal(v, 3) + Normal(x, sd) + Normal(y, sd);
        Assert.Equal(expected, DensityProbe.At(LogDensity.Funnel(3), v, x, y), 1e-13 * Math.Max(1, Math.Abs(expected)));
    }

    [Fact]
    public void Integrates_to_one() => Assert.Equal(
        1, DensityProbe.Integrate(LogDensity.Funnel(2, 0.5), (-4.5, 4.5), (-60, 60), 1600), 1e-9);

    [Fact]
    public void Has_the_same_bits_in_every_form()
    {
        DensityProbe.CheckBits(width => LogDensity.Funnel(6, 3, width));
        DensityProbe.CheckAllocation(LogDensity.Funnel(6));
    }

    [Fact]
    public void Refuses_arguments_out_of_range()
    {
        Assert.Throws<ArgumentException>(() => LogDensity.Funnel(1));
        Assert.Throws<ArgumentException>(() => LogDensity.Funnel(2, 0));
        Assert.Throws<ArgumentException>(() => LogDensity.Funnel(2, double.NaN));
        Assert.Throws<ArgumentException>(() => LogDensity.Funnel(2, double.PositiveInfinity));
    }
}
