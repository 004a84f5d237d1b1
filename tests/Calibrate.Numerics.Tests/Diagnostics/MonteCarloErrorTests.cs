using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class MonteCarloErrorTests
{
    private static readonly DrawMatrix Draws = new TestNoise(17).Autoregression(4, 500, 0.6);

    [Fact]
    public void Of_independent_draws_is_the_textbook_error()
    {
        // Standard errors of mean and standard deviation of n normal draws: 1/√n and 1/√(2n). The estimates of the effective sample
        // size are off by 1 % or so (one sigma), the errors by half of that: 5 % are ten sigma.
        var draws = new TestNoise(18).Autoregression(16, 2000, 0.0);
        Near.Relative(1 / Math.Sqrt(32_000), MonteCarloError.Mean(draws), 0.05);
        Near.Relative(1 / Math.Sqrt(64_000), MonteCarloError.StandardDeviation(draws), 0.05);

        // Median: √(π/2) / √n, from the distance of order statistics that are some 180 ranks apart, so off by 1/√180, 7 %, one sigma.
        Near.Relative(Math.Sqrt(Math.PI / 2 / 32_000), MonteCarloError.Median(draws), 0.4);
    }

    [Fact]
    public void Scales_with_the_draws()
    {
        var scaled = new DrawMatrix([.. Draws.All.ToArray().Select(x => (1e-6 * x) + 1)], 4, 500);
        Near.Relative(1e-6 * MonteCarloError.Mean(Draws), MonteCarloError.Mean(scaled), 1e-8);
        Near.Relative(1e-6 * MonteCarloError.StandardDeviation(Draws), MonteCarloError.StandardDeviation(scaled), 1e-8);
        Near.Relative(1e-6 * MonteCarloError.Quantile(Draws, 0.9), MonteCarloError.Quantile(scaled, 0.9), 1e-8);
    }

    [Fact]
    public void Constant_empty_or_not_finite_is_NaN()
    {
        foreach (var values in new double[][] { [.. Enumerable.Repeat(2.0, 64)], [], [.. Enumerable.Range(0, 64).Select(i => 1.0 / i)] })
        {
            var draws = new DrawMatrix(values, 1, values.Length);
            Assert.Equal(double.NaN, MonteCarloError.Mean(draws));
            Assert.Equal(double.NaN, MonteCarloError.StandardDeviation(draws));
            Assert.Equal(double.NaN, MonteCarloError.Median(draws));
        }
    }
}
