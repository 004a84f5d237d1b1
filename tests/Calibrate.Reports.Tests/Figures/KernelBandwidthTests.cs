using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class KernelBandwidthTests
{
    [Fact]
    public void Silverman_takes_the_smaller_spread()
    {
        Assert.Equal(0.9 * 2 * Math.Pow(100, -0.2), KernelBandwidth.Silverman(2, 100, 100), 1e-12);
        Assert.Equal(0.9 * (1 / 1.34) * Math.Pow(100, -0.2), KernelBandwidth.Silverman(2, 1, 100), 1e-12);
        Assert.Equal(0.9 * 2 * Math.Pow(100, -0.2), KernelBandwidth.Silverman(2, 0, 100), 1e-12);
    }

    /// <summary>A flat histogram has no structure to resolve: its equation has no root.</summary>
    [Fact]
    public void Nothing_but_a_constant_has_no_plug_in_bandwidth() =>
        Assert.True(double.IsNaN(KernelBandwidth.ImprovedSheatherJones([1, 0, 0, 0, 0, 0, 0, 0], 1000)));

    /// <summary>
    /// The answers of a transcription of the authors' kde.m in Python, for the cosine transform of a normal density of width 0.1 at the middle of the
    /// unit interval; the optimal widths in the mean, (4 / 3n)^(1/5) of 0.1, are 0.0422, 0.0266 and 0.0168.
    /// </summary>
    [Theory]
    [InlineData(100, 0.053684551536684985)]
    [InlineData(1000, 0.02953740883490738)]
    [InlineData(10_000, 0.017627159806064434)]
    public void Bandwidths_are_those_of_the_authors(double size, double bandwidth)
    {
        double[] cosines = [.. Enumerable.Range(0, 512).Select(k => Math.Cos(0.5 * Math.PI * k) * Math.Exp(-0.5 * Math.Pow(Math.PI * k * 0.1, 2)))];

        Assert.Equal(bandwidth, Math.Sqrt(KernelBandwidth.ImprovedSheatherJones(cosines, size)), 1e-12);
    }
}
