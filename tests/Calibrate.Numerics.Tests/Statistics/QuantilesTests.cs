using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Tests.Statistics;

public class QuantilesTests
{
    /// <summary>R: quantile(c(1, 2, 4, 8, 16), p).</summary>
    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(0.05, 1.2)]
    [InlineData(0.25, 2.0)]
    [InlineData(0.5, 4.0)]
    [InlineData(0.6, 5.6)]
    [InlineData(0.95, 14.4)]
    [InlineData(1.0, 16.0)]
    public void Interpolates_order_statistics_as_R_does(double probability, double expected) =>
        Near.Relative(expected, Quantiles.Of([8, 1, 16, 4, 2], probability), 1e-15);

    [Fact]
    public void An_exact_hit_next_to_an_infinity_stays_finite()
    {
        Assert.Equal(2.0, Quantiles.Of([1, 2, double.PositiveInfinity], 0.5));
        Assert.Equal(double.PositiveInfinity, Quantiles.Of([1, 2, double.PositiveInfinity], 0.75));
        Assert.Equal(double.NegativeInfinity, Quantiles.OfSorted([double.NegativeInfinity, double.NegativeInfinity], 0.3));
    }

    [Fact]
    public void Of_nothing_or_of_NaN_is_NaN()
    {
        Assert.Equal(double.NaN, Quantiles.Of([], 0.5));
        Assert.Equal(double.NaN, Quantiles.Of([1, double.NaN, 2], 0.5));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void Refuses_what_is_no_probability(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantiles.Of([1, 2], probability));
}
