using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class GeyerSequenceTests
{
    /// <summary>The transcription of posterior's own code, over lengths where the sequence ends for every reason.</summary>
    [Fact]
    public void Agrees_with_the_transcription_of_posterior()
    {
        var noise = new TestNoise(20);
        for (var length = 3; length < 60; length++)
        {
            foreach (var persistence in new[] { -0.6, 0.0, 0.7, 0.99 })
            {
                var draws = noise.Autoregression(1 + (length % 4), length, persistence);
                var layout = ChainLayout.Whole(draws);
                var covariance = new Autocovariance(new DrawSeries(draws, layout), 0, layout.Count, new DiagnosticScratch());
                var (size, cut) = GeyerSequence.EffectiveSampleSize(covariance);
                Near.Relative(NaiveDiagnostics.EffectiveSampleSize(NaiveDiagnostics.Chains(draws)), size, 1e-10);
                Assert.InRange(cut, 0, length);
            }
        }
    }

    [Fact]
    public void A_strictly_alternating_chain_is_cut_at_once_as_in_posterior()
    {
        double[] alternating = [.. Enumerable.Range(0, 500).Select(i => i % 2 == 0 ? 1.0 : -1.0)];
        var draws = new DrawMatrix(alternating, 1, 500);
        var covariance = new Autocovariance(new DrawSeries(draws, ChainLayout.Whole(draws)), 0, 1, new DiagnosticScratch());
        Assert.Equal((250.0, 0), GeyerSequence.EffectiveSampleSize(covariance));
    }

    [Fact]
    public void Two_draws_support_nothing()
    {
        var draws = new DrawMatrix([1, 2, 3, 5], 2, 2);
        var covariance = new Autocovariance(new DrawSeries(draws, ChainLayout.Whole(draws)), 0, 2, new DiagnosticScratch());
        Assert.Equal((double.NaN, 0), GeyerSequence.EffectiveSampleSize(covariance));
    }
}
