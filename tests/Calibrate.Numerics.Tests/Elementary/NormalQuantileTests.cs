namespace Calibrate.Numerics.Tests;

public class NormalQuantileTests
{
    [Fact]
    public void RelativeErrorIsBelowTenToMinusFifteen()
    {
        Assert.All(PreciseTable.Rows("normal_quantile"), row =>
        {
            double error = Math.Abs((NormalQuantile.Of(row.X) - row.High) - row.Low);
            Assert.True(error <= 1e-15 * Math.Abs(row.High), $"p = {row.X:R}: {NormalQuantile.Of(row.X):R} against {row.High:R}");
        });
    }

    [Theory]
    [InlineData(0.0, double.NegativeInfinity)]
    [InlineData(1.0, double.PositiveInfinity)]
    [InlineData(0.5, 0.0)]
    [InlineData(-0.1, double.NaN)]
    [InlineData(1.1, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void EdgesOfTheDomain(double p, double expected) => Assert.Equal(expected, NormalQuantile.Of(p));

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.0625)]
    [InlineData(1.0 / (1 << 20))]
    [InlineData(1.0 / (1L << 53))]
    public void IsAntisymmetric(double p) => Assert.Equal(-NormalQuantile.Of(p), NormalQuantile.Of(1 - p));

    [Fact]
    public void NeverDecreases()
    {
        double last = double.NegativeInfinity;
        foreach (double p in ArgumentSamples.Uniform(50_000, 0, 1).Order())
        {
            double x = NormalQuantile.Of(p);
            Assert.True(x >= last - 1e-14, $"p = {p:R}");
            last = x;
        }
    }
}
