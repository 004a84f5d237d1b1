using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Tests.Statistics;

public class WeightedSampleTests
{
    private static readonly double[] Sample = [.. Enumerable.Range(0, 101).Select(i => Math.Sin(i * 7.3) * i)];
    private static readonly double[] Equal = [.. Sample.Select(_ => 1.0 / Sample.Length)];

    [Fact]
    public void Equal_weights_give_the_plain_estimates()
    {
        var moments = SampleMoments.Of(Sample);
        Near.Relative(moments.Mean, WeightedSample.Mean(Sample, Equal), 1e-12);
        Near.Relative(moments.StandardDeviation, WeightedSample.StandardDeviation(Sample, Equal), 1e-12);
        foreach (var p in (double[])[0, 0.05, 0.31, 0.5, 0.95, 1])
        {
            Near.Relative(Quantiles.Of(Sample, p), WeightedSample.Quantile(Sample, Equal, p)[0], 1e-11);
        }
    }

    [Fact]
    public void A_weight_of_two_parts_counts_twice_for_mean_and_quantiles_of_many()
    {
        double[] doubled = [.. Sample, .. Sample.Where((_, i) => i % 2 == 0)];
        double[] weights = [.. Sample.Select((_, i) => (i % 2 == 0 ? 2.0 : 1.0) / doubled.Length)];
        Near.Relative(SampleMoments.Of(doubled).Mean, WeightedSample.Mean(Sample, weights), 1e-12);
        Assert.Equal(Quantiles.Of(doubled, 0.5), WeightedSample.Quantile(Sample, weights, 0.5)[0], 1.0);
    }

    [Fact]
    public void Draws_that_weigh_nothing_do_not_count()
    {
        double[] sample = [5, 1, 1e300, 3];
        double[] weights = [1.0 / 3, 1.0 / 3, 0, 1.0 / 3];
        Near.Relative(3, WeightedSample.Mean(sample, weights), 1e-15);
        Near.Relative(2, WeightedSample.StandardDeviation(sample, weights), 1e-14);
        Near.Relative(3, WeightedSample.Quantile(sample, weights, 0.5)[0], 1e-14);
    }

    [Fact]
    public void One_draw_with_all_the_weight_has_no_spread()
    {
        Assert.Equal(double.NaN, WeightedSample.StandardDeviation([1, 2], [0, 1]));
        Assert.Equal([2.0, 2], WeightedSample.Quantile([1, 2], [0, 1], 0.05, 0.95));
    }

    [Fact]
    public void The_error_of_the_mean_grows_with_the_dependence()
    {
        var error = WeightedSample.MeanError(Sample, Equal, 1);
        Near.Relative(SampleMoments.Of(Sample).StandardDeviation * Math.Sqrt(100) / 101, error, 1e-12);
        Near.Relative(2 * error, WeightedSample.MeanError(Sample, Equal, 0.25), 1e-12);
    }
}
