using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Tests.Statistics;

public class HighestDensityIntervalTests
{
    [Fact]
    public void Is_the_shortest_of_all_intervals_that_hold_enough()
    {
        double[] sample = [9.0, 0.0, 4.0, 4.5, 5.0, 5.2, 20.0, 5.3, 30.0, -7.0];
        Assert.Equal(new HighestDensityInterval(4.0, 5.3), HighestDensityInterval.Of(sample, 0.5));
        Assert.Equal(new HighestDensityInterval(-7.0, 30.0), HighestDensityInterval.Of(sample, 1.0));
    }

    [Fact]
    public void Of_exponential_quantiles_starts_at_zero()
    {
        double[] sample = [.. Enumerable.Range(0, 1000).Select(i => -Math.Log(1.0 - (i / 1000.0)))];
        var interval = HighestDensityInterval.OfSorted(sample, 0.9);
        Assert.Equal(0.0, interval.Lower);
        Near.Relative(Math.Log(10.0), interval.Upper, 0.01);
        Assert.Equal(interval.Upper, interval.Width);
    }

    [Fact]
    public void Of_equally_short_intervals_takes_the_lowest() =>
        Assert.Equal(new HighestDensityInterval(1.0, 2.0), HighestDensityInterval.Of([4, 3, 2, 1], 0.5));

    [Fact]
    public void Of_nothing_or_of_NaN_is_NaN()
    {
        Assert.Equal(double.NaN, HighestDensityInterval.Of([], 0.9).Lower);
        Assert.Equal(double.NaN, HighestDensityInterval.Of([1.0, double.NaN], 0.9).Upper);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.5)]
    public void Refuses_what_is_no_share(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => HighestDensityInterval.Of([1, 2], probability));
}
