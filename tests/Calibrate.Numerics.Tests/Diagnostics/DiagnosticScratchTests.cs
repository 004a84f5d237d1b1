using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class DiagnosticScratchTests
{
    [Fact]
    public void Used_before_or_new_the_results_are_the_same_to_the_last_bit()
    {
        var scratch = new DiagnosticScratch();
        var (large, small) = (new TestNoise(26).Autoregression(8, 999, 0.9), new TestNoise(27).Autoregression(4, 80, 0.5));
        foreach (var draws in new[] { large, small, large })
        {
            Assert.Equal(Diagnose.Ensembles(draws, 2), Diagnose.Ensembles(draws, 2, scratch));
            Assert.Equal(Diagnose.Chains(draws), Diagnose.Chains(draws, scratch));
        }
    }

    [Fact]
    public void Once_grown_a_parameter_costs_little_memory()
    {
        var draws = new TestNoise(28).Autoregression(16, 4000, 0.8);
        var scratch = new DiagnosticScratch();
        var before = 0L;
        for (var repetition = 0; repetition < 2; repetition++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            RankNormalization.Scores(draws, ChainLayout.Halves(draws), [0.05], scratch);
            EffectiveSampleSize.Mean(draws, scratch);
            EffectiveSampleSize.Of(new IndicatorSeries(draws, ChainLayout.Halves(draws), 0.0), scratch);
        }

        // The draws are 512 kB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }
}
