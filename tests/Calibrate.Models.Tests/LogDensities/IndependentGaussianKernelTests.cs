using Calibrate.Models.LogDensities;

namespace Calibrate.Models.Tests.LogDensities;

public class IndependentGaussianKernelTests
{
    [Fact]
    public void Is_the_sum_of_its_parameters() => Assert.Equal(
        -0.5 * ((0.5 * 0.5) + 4 + (3 * Math.Log(2 * Math.PI))) - Math.Log(2 * 0.5 * 7),
        DensityProbe.At(LogDensity.IndependentGaussian([1, 2, 3], [2, 0.5, 7]), 2, 3, 3),
        1e-14);

    [Fact]
    public void Agrees_with_the_dense_form()
    {
        double[] point = [0.3, -4];
        Assert.Equal(
            DensityProbe.At(LogDensity.Gaussian([1, 2], [[9, 0], [0, 0.25]]), point),
            DensityProbe.At(LogDensity.IndependentGaussian([1, 2], [3, 0.5]), point),
            1e-12);
    }

    [Fact]
    public void Has_the_same_bits_in_every_form()
    {
        DensityProbe.CheckBits(width => LogDensity.IndependentGaussian([1, 2, 3], [2, 0.3, 7], width));
        DensityProbe.CheckAllocation(LogDensity.IndependentGaussian([1, 2, 3], [2, 0.3, 7]));
    }

    [Fact]
    public void Refuses_what_is_no_standard_deviation()
    {
        Assert.Throws<ArgumentException>(() => LogDensity.IndependentGaussian([0, 0], [1]));
        Assert.Throws<ArgumentException>(() => LogDensity.IndependentGaussian([], []));
        foreach (double wrong in (double[])[0, -1, double.NaN, double.PositiveInfinity])
        {
            Assert.Throws<ArgumentException>(() => LogDensity.IndependentGaussian([0], [wrong]));
        }
    }
}
