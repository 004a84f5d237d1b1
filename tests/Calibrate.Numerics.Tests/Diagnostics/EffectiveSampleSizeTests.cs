using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class EffectiveSampleSizeTests
{
    /// <summary>
    /// n (1 - φ) / (1 + φ) in theory. One estimate's standard deviation is about 2 % of it here (measured over seeds), so a false
    /// alarm at 12 % is a six-sigma event, below 1e-6.
    /// </summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(-0.4)]
    public void Of_an_autoregression_is_known(double persistence)
    {
        var draws = new TestNoise(13).Autoregression(16, 5000, persistence);
        var expected = draws.Count * (1 - persistence) / (1 + persistence);
        Near.Relative(expected, EffectiveSampleSize.Mean(draws), 0.12);
        Near.Relative(expected, EffectiveSampleSize.Bulk(draws), 0.12);
    }

    [Fact]
    public void Antithetic_chains_are_worth_no_more_than_n_log_n()
    {
        var draws = new TestNoise(19).Autoregression(10, 1000, -0.9);
        Near.Relative(10_000 * 4, EffectiveSampleSize.Mean(draws), 1e-12);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(11)]
    public void Very_short_chains_get_what_posterior_gives_them(int iterations)
    {
        // posterior 1.4.0: ess_mean of anything with 3 to 5 draws per half is half the draws in the halves.
        var draws = new TestNoise(14).Autoregression(4, iterations, 0.3);
        Assert.Equal(4 * (iterations / 2), EffectiveSampleSize.Mean(draws), 12);
        Assert.Equal(4 * (iterations / 2), EffectiveSampleSize.Bulk(draws), 12);
    }

    [Fact]
    public void Too_short_constant_or_not_finite_is_NaN()
    {
        foreach (var values in new double[][]
        {
            [1, 2, 3, 4, 5], [.. Enumerable.Repeat(0.1, 100)], [.. Enumerable.Range(0, 100).Select(i => i == 50 ? double.NaN : i)], [],
        })
        {
            var draws = new DrawMatrix(values, 1, values.Length);
            Assert.Equal(double.NaN, EffectiveSampleSize.Mean(draws));
            Assert.Equal(double.NaN, EffectiveSampleSize.Bulk(draws));
            Assert.Equal(double.NaN, EffectiveSampleSize.Tail(draws));
            Assert.Equal(double.NaN, EffectiveSampleSize.StandardDeviation(draws));
            Assert.Equal(double.NaN, EffectiveSampleSize.Median(draws));
        }

        double[] infinite = [.. Enumerable.Range(0, 100).Select(i => i == 50 ? double.PositiveInfinity : i % 7)];
        Assert.Equal(double.NaN, EffectiveSampleSize.Mean(new DrawMatrix(infinite, 1, 100)));
        Assert.Equal(double.NaN, EffectiveSampleSize.Quantile(new DrawMatrix(infinite, 1, 100), 0.3));
        Assert.True(EffectiveSampleSize.Bulk(new DrawMatrix(infinite, 1, 100)) > 0);
    }

    [Fact]
    public void The_quantile_at_one_has_a_size_and_beyond_has_none()
    {
        var draws = new TestNoise(15).Autoregression(4, 200, 0.3);
        Assert.True(EffectiveSampleSize.Quantile(draws, 1.0) > 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => EffectiveSampleSize.Quantile(draws, 1.1));
    }

    /// <summary>A smooth but slow chain: the cut lies far beyond the lags that are summed directly.</summary>
    [Theory]
    [InlineData(0.99, 1, 3001)]
    [InlineData(0.998, 3, 2000)]
    public void Slow_chains_agree_with_the_transcription_of_posterior(double persistence, int chains, int iterations)
    {
        var draws = new TestNoise(16).Autoregression(chains, iterations, persistence);
        var halves = NaiveDiagnostics.Halves(NaiveDiagnostics.Chains(draws));
        Near.Relative(NaiveDiagnostics.EffectiveSampleSize(halves), EffectiveSampleSize.Mean(draws), 1e-10);
        Near.Relative(
            NaiveDiagnostics.EffectiveSampleSize(NaiveDiagnostics.NormalScores(halves)), EffectiveSampleSize.Bulk(draws), 1e-10);
        var median = Numerics.Statistics.Quantiles.Of(draws.All, 0.5);
        Near.Relative(
            NaiveDiagnostics.EffectiveSampleSize([.. halves.Select(half => half.Select(x => x <= median ? 1.0 : 0.0).ToArray())]),
            EffectiveSampleSize.Median(draws),
            1e-10);
    }
}
