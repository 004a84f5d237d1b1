using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class ChainVariancesTests
{
    private static readonly SampleMoments[] Chains =
    [
        SampleMoments.Of([1, 2, 3]), SampleMoments.Of([2, 4, 6]), SampleMoments.Of([3, 3, 6]), SampleMoments.Of([5, 9, 1]),
    ];

    /// <summary>Means 2, 4, 4, 5 with variance 19/12; variances 1, 4, 3, 16 with mean 6: √((3 · 19/12 / 6 + 2) / 3).</summary>
    [Fact]
    public void Rhat_by_hand() => Near.Relative(Math.Sqrt(((19.0 / 24.0) + 2.0) / 3.0), ChainVariances.Rhat(Chains), 1e-15);

    /// <summary>Superchain means 3 and 4.5, between them 9/8; within 2 + 5/2 and 1/2 + 19/2.</summary>
    [Fact]
    public void Nested_rhat_by_hand() =>
        Near.Relative(Math.Sqrt(1.0 + (1.125 / ((4.5 + 10.0) / 2.0))), ChainVariances.NestedRhat(Chains, 2), 1e-15);

    [Fact]
    public void Nested_rhat_of_single_chains_has_no_variance_between_them() =>
        Near.Relative(Math.Sqrt(1.0 + (19.0 / 12.0 / 6.0)), ChainVariances.NestedRhat(Chains, 4), 1e-15);

    [Fact]
    public void Constant_chains_that_differ_never_agree()
    {
        SampleMoments[] stuck = [SampleMoments.Of([1, 1]), SampleMoments.Of([2, 2])];
        Assert.Equal(double.PositiveInfinity, ChainVariances.Rhat(stuck));
        Assert.Equal(double.PositiveInfinity, ChainVariances.NestedRhat(stuck, 2));
    }

    [Fact]
    public void Nothing_that_varies_or_nothing_to_compare_is_NaN()
    {
        SampleMoments[] constant = [SampleMoments.Of([3, 3]), SampleMoments.Of([3, 3])];
        Assert.Equal(double.NaN, ChainVariances.Rhat(constant));
        Assert.Equal(double.NaN, ChainVariances.NestedRhat(constant, 2));
        Assert.Equal(double.NaN, ChainVariances.NestedRhat(Chains, 1));
        Assert.Equal(double.NaN, ChainVariances.Rhat([SampleMoments.Of([1]), SampleMoments.Of([2])]));
    }

    [Theory]
    [InlineData(1e-60, 1e-20, true)]
    [InlineData(1e-60, 0.1, false)]
    [InlineData(0.0, 0.0, false)]
    [InlineData(double.NaN, 1.0, false)]
    public void Rounding_is_told_from_variance_by_scale(double variance, double mean, bool meaningful) =>
        Assert.Equal(meaningful, ChainVariances.IsMeaningful(variance, mean));
}
