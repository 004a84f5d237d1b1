using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class IntegratedTimeTests
{
    private static readonly DrawMatrix Draws = new TestNoise(21).Autoregression(4, 2000, 0.8);

    [Theory]
    [InlineData(1.0)]
    [InlineData(5.0)]
    [InlineData(100.0)]
    public void The_window_is_the_first_lag_that_is_wide_enough(double window)
    {
        var chains = NaiveDiagnostics.Chains(Draws).Select(NaiveDiagnostics.Autocovariance).ToArray();
        var (time, lag) = (-1.0, -1);
        do
        {
            lag++;
            time += 2.0 * chains.Average(c => c[lag] / c[0]);
        }
        while (lag < window * time);

        var (actual, end) = IntegratedTime.Of(Autocorrelation(Draws), window);
        Near.Relative(time, actual, 1e-12);
        Assert.Equal(lag, end);
    }

    [Fact]
    public void A_walker_that_never_moved_has_no_time()
    {
        double[] values = [.. Draws.Chain(0), .. Enumerable.Repeat(1.0, 2000)];
        Assert.Equal((double.NaN, 0), IntegratedTime.Of(Autocorrelation(new DrawMatrix(values, 2, 2000)), 5.0));
    }

    private static Autocovariance Autocorrelation(DrawMatrix draws) =>
        new(new DrawSeries(draws, ChainLayout.Whole(draws)), 0, draws.Chains, new DiagnosticScratch(), normalise: true);
}
