using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class OrderStatisticsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(1000)]
    public void Few_of_them_give_the_quantiles_of_all(int count)
    {
        double[] sorted = [.. Enumerable.Range(0, count).Select(i => Math.Exp(i * 0.01))];
        double[] probabilities = [0.0, 0.05, 0.31, 0.95, 1.0];
        var statistics = new OrderStatistics(count, probabilities);
        for (var i = 0; i < statistics.Places.Length; i++)
        {
            statistics.Values[i] = sorted[statistics.Places[i]];
        }

        Assert.Equal(statistics.Places.Order(), statistics.Places);
        Assert.All(probabilities, p => Assert.Equal(Quantiles.OfSorted(sorted, p), statistics.Quantile(p)));
        Assert.Equal(Quantiles.OfSorted(sorted, 0.5), statistics.Median);
    }

    [Fact]
    public void The_middle_two_draws_tie_when_folded_whatever_rounding_says()
    {
        // Halfway between these two no double lies equally far from both.
        var (lower, upper) = (0.1, 0.30000000000000004);
        var statistics = new OrderStatistics(2, []);
        (statistics.Values[0], statistics.Values[1]) = (lower, upper);
        Assert.NotEqual(statistics.Median - lower, upper - statistics.Median);
        var fold = statistics.Fold();
        Assert.Equal(fold.Of(lower), fold.Of(upper));
        Assert.True(fold.Of(0.0) > fold.Of(lower));
    }
}
