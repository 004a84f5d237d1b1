using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class AutocovarianceTests
{
    private static readonly DrawMatrix Draws = new TestNoise(9).Autoregression(3, 1501, 0.8, staying: 0.5);

    /// <summary>However many lags were expected, so whichever lags came from the definition and which from a transform.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(400)]
    [InlineData(1500)]
    public void Is_the_average_of_the_definition_at_every_lag(int expectedLags)
    {
        var series = new DrawSeries(Draws, ChainLayout.Whole(Draws));
        var covariance = new Autocovariance(series, 0, 3, new DiagnosticScratch(), expectedLags: expectedLags);
        AssertAverage(NaiveDiagnostics.Chains(Draws), covariance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(511)]
    [InlineData(512)]
    public void Is_the_same_for_zeros_and_ones_in_bits(int expectedLags)
    {
        var layout = ChainLayout.Halves(Draws);
        var series = new IndicatorSeries(Draws, layout, 0.7);
        var covariance = new Autocovariance(series, 0, layout.Count, new DiagnosticScratch(), expectedLags: expectedLags);
        var halves = NaiveDiagnostics.Halves(NaiveDiagnostics.Chains(Draws));
        AssertAverage([.. halves.Select(half => half.Select(x => x <= 0.7 ? 1.0 : 0.0).ToArray())], covariance);
    }

    [Fact]
    public void Of_a_range_of_series_leaves_the_others_out()
    {
        var series = new DrawSeries(Draws, ChainLayout.Whole(Draws));
        var covariance = new Autocovariance(series, 1, 2, new DiagnosticScratch());
        AssertAverage(NaiveDiagnostics.Chains(Draws)[1..], covariance);
    }

    [Fact]
    public void Normalised_is_one_at_lag_zero_whatever_the_scale()
    {
        var scaled = new DrawMatrix([.. Draws.All.ToArray().Select((x, i) => i < 1501 ? 1000 * x : x)], 3, 1501);
        var layout = ChainLayout.Whole(Draws);
        var original = new Autocovariance(new DrawSeries(Draws, layout), 0, 3, new DiagnosticScratch(), normalise: true);
        var correlation = new Autocovariance(new DrawSeries(scaled, layout), 0, 3, new DiagnosticScratch(), normalise: true);
        Near.Relative(1.0, correlation[0], 1e-14);
        Near.Absolute(original[100], correlation[100], 1e-14);
    }

    private static void AssertAverage(double[][] chains, Autocovariance covariance)
    {
        var expected = chains.Select(NaiveDiagnostics.Autocovariance).ToArray();
        for (var lag = 0; lag < covariance.Length; lag++)
        {
            Near.Absolute(expected.Average(c => c[lag]), covariance[lag], 1e-13);
        }

        for (var i = 0; i < chains.Length; i++)
        {
            Near.Absolute(NaiveDiagnostics.Mean(chains[i]), covariance.Moments[i].Mean, 1e-13);
            Near.Relative(NaiveDiagnostics.Variance(chains[i]), covariance.Moments[i].Variance, 1e-12);
        }
    }
}
