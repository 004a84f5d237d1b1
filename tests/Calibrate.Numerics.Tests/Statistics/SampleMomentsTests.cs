using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Tests.Statistics;

public class SampleMomentsTests
{
    [Fact]
    public void A_large_common_offset_costs_no_digits()
    {
        // 1e9 + {4, 7, 13, 16}: variance 30, the textbook case that the sum of squares gets wrong.
        var moments = SampleMoments.Of([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);
        Assert.Equal(new SampleMoments(4, 1e9 + 10, 90), moments);
        Assert.Equal(30.0, moments.Variance);
    }

    [Fact]
    public void A_constant_sample_has_no_variance_at_all()
    {
        var moments = SampleMoments.Of([.. Enumerable.Repeat(0.1, 1001)]);
        Assert.Equal(new SampleMoments(1001, 0.1, 0.0), moments);
    }

    [Fact]
    public void Too_small_samples_have_no_variance()
    {
        Assert.Equal(default, SampleMoments.Of([]));
        Assert.Equal(3.0, SampleMoments.Of([3.0]).Mean);
        Assert.Equal(double.NaN, SampleMoments.Of([3.0]).Variance);
        Assert.Equal(double.NaN, SampleMoments.Of([]).StandardDeviation);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_not_finite_shows(double value)
    {
        Assert.Equal(value, SampleMoments.Of([1.0, value, 2.0]).Mean);
        Assert.Equal(value, SampleMoments.Of([value, 1.0, 2.0]).Mean);
        Assert.Equal(double.NaN, SampleMoments.Of([value, 1.0, 2.0]).Variance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(100)]
    public void Merging_and_including_agree_with_all_at_once(int cut)
    {
        double[] sample = [.. Enumerable.Range(0, 100).Select(i => 50 + Math.Sin(i * i))];
        var all = SampleMoments.Of(sample);
        var merged = SampleMoments.Of(sample[..cut]).Merge(SampleMoments.Of(sample[cut..]));
        var running = sample[cut..].Aggregate(SampleMoments.Of(sample[..cut]), (moments, x) => moments.Including(x));
        foreach (var moments in new[] { merged, running })
        {
            Assert.Equal(100, moments.Count);
            Near.Relative(all.Mean, moments.Mean, 1e-14);
            Near.Relative(all.Variance, moments.Variance, 1e-13);
        }
    }
}
