using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class RunningDiagnosticsTests
{
    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public void Agrees_with_the_diagnosis_of_all_draws_at_the_end(int ensembles)
    {
        // 4096 iterations: all batches are complete, so a single ensemble's halves are exactly halves.
        var draws = new TestNoise(32).Autoregression(8, 4096, 0.8);
        var running = Feed(draws, ensembles);
        var summary = Diagnose.Ensembles(draws, ensembles);
        Assert.Equal(draws.Count, running.Count);
        Near.Absolute(summary.Mean, running.Mean, 1e-12);
        Near.Relative(summary.Sd, running.Sd, 1e-12);
        Near.Relative(ensembles > 1 ? Rhat.Nested(draws, ensembles) : HalvesInTime(draws), running.Rhat, 1e-12);
        Near.Absolute(summary.Median, running.Quantile(0.5), 0.02);

        // Whether the running error is right on average, HonestyTests say; here one of them, known to 10 % or 20 %.
        Near.Relative(summary.McseMean, running.McseMean, ensembles > 1 ? 0.5 : 0.9);
        Near.Relative(Math.Pow(running.Sd / running.McseMean, 2), running.Ess, 1e-12);
    }

    [Fact]
    public void Says_nothing_before_there_is_something()
    {
        var running = new RunningDiagnostics(2, 2);
        AssertNaN(running.Mean, running.Sd, running.McseMean, running.Ess, running.Rhat, running.Quantile(0.5));
        running.Add(0, [1.0, 2.0]);
        Assert.Equal(1.5, running.Mean);
        AssertNaN(running.McseMean, running.Rhat);
        AssertNaN(new RunningDiagnostics(1, 2).Rhat);
    }

    [Fact]
    public void Refuses_an_iteration_of_the_wrong_width()
    {
        var error = Assert.Throws<ArgumentException>(() => new RunningDiagnostics(2, 3).Add(1, [1.0]));
        Assert.StartsWith("An iteration has 3 draws, one per walker; 1 were given.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunningDiagnostics(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RunningDiagnostics(3, 0));
    }

    [Fact]
    public void Memory_stays_the_same()
    {
        var running = new RunningDiagnostics(2, 4);
        running.Add(0, [1.0, 2.0, 3.0, 4.0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20_000; i++)
        {
            running.Add(i % 2, [i, 2.0, Math.Sin(i), 4.0]);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static RunningDiagnostics Feed(DrawMatrix draws, int ensembles)
    {
        var walkers = draws.Chains / ensembles;
        var running = new RunningDiagnostics(ensembles, walkers);
        for (var i = 0; i < draws.Iterations; i++)
        {
            for (var ensemble = 0; ensemble < ensembles; ensemble++)
            {
                running.Add(ensemble, [.. Enumerable.Range(ensemble * walkers, walkers).Select(chain => draws.Chain(chain)[i])]);
            }
        }

        return running;
    }

    private static double HalvesInTime(DrawMatrix draws)
    {
        var chains = NaiveDiagnostics.Chains(draws);
        var half = draws.Iterations / 2;
        return NaiveDiagnostics.NestedRhat([.. chains.Select(chain => chain[..half]), .. chains.Select(chain => chain[half..])], 2);
    }

    private static void AssertNaN(params double[] values) => Assert.All(values, value => Assert.Equal(double.NaN, value));
}
