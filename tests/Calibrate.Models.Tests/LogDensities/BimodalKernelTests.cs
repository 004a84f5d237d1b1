using Calibrate.Models.LogDensities;

namespace Calibrate.Models.Tests.LogDensities;

public class BimodalKernelTests
{
    [Theory]
    [InlineData(-3, 0.5)]
    [InlineData(0.0, 0.0)]
    [InlineData(2.5, -1)]
    public void Is_the_mixture_of_its_modes(double x, double y)
    {
        double Mode(double centre) => Math.Exp(-0.5 * (((x - centre) * (x - centre)) + (y * y))) / (2 * Math.PI);
        double expected = Math.Log((0.25 * Mode(-3)) + (0.75 * Mode(3)));
        Assert.Equal(expected, DensityProbe.At(LogDensity.Bimodal(2, 6, 0.25), x, y), 1e-14 * Math.Abs(expected) * 4);
    }

    [Fact]
    public void Does_not_underflow_far_away() => Assert.Equal(
        (-0.5 * 997 * 997) + Math.Log(0.75 / Math.Sqrt(2 * Math.PI)),
        DensityProbe.At(LogDensity.Bimodal(1, 6, 0.25), 1000),
        1e-8);

    [Fact]
    public void Integrates_to_one() => Assert.Equal(
        1, DensityProbe.Integrate(LogDensity.Bimodal(2, 10, 0.3), (-15, 15), (-10, 10), 150), 1e-12);

    [Fact]
    public void Without_separation_it_is_one_normal() => Assert.Equal(
        -0.5 * (4 + Math.Log(2 * Math.PI)), DensityProbe.At(LogDensity.Bimodal(1, 0, 0.3), 2), 1e-14);

    [Fact]
    public void Has_the_same_bits_in_every_form()
    {
        DensityProbe.CheckBits(width => LogDensity.Bimodal(3, 6, 0.25, width));
        DensityProbe.CheckAllocation(LogDensity.Bimodal(3, 6));
    }

    [Fact]
    public void Refuses_arguments_out_of_range()
    {
        Assert.Throws<ArgumentException>(() => LogDensity.Bimodal(0, 6));
        Assert.Throws<ArgumentException>(() => LogDensity.Bimodal(1, -1));
        Assert.Throws<ArgumentException>(() => LogDensity.Bimodal(1, double.NaN));
        Assert.Throws<ArgumentException>(() => LogDensity.Bimodal(1, 6, 0));
        Assert.Throws<ArgumentException>(() => LogDensity.Bimodal(1, 6, 1));
    }
}
