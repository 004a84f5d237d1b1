using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Tests.Diagnostics;

/// <summary>
/// Do the standard errors tell how far estimates are off? 200 independent replications on a known target: the spread of the estimates
/// over replications, divided by the average error that a replication claims, must be about 1.
/// </summary>
/// <remarks>
/// The spread of 200 normal estimates is distributed as σ √(χ²₁₉₉ / 199), which leaves [0.763, 1.254] σ with probability below 1e-6
/// (5e-7 on each side). The bounds below are these, times what is known about each error's own bias.
/// </remarks>
public class HonestyTests
{
    private const int Replications = 200;
    private const double ChanceBelow = 0.763;
    private const double ChanceAbove = 1.254;

    [Fact]
    public void Errors_of_independent_chains_are_honest()
    {
        var (mean, sd) = (new Claims(), new Claims());
        var scratch = new DiagnosticScratch();
        for (var replication = 0; replication < Replications; replication++)
        {
            var draws = new TestNoise(1000 + (ulong)replication).Autoregression(4, 500, 0.8);
            var moments = SampleMoments.Of(draws.All);
            mean.Add(moments.Mean, MonteCarloError.Mean(draws, scratch));
            sd.Add(moments.StandardDeviation, MonteCarloError.StandardDeviation(draws, scratch));
        }

        // Both estimators are unbiased to a few percent at this length.
        Assert.InRange(mean.Ratio, 0.97 * ChanceBelow, 1.03 * ChanceAbove);
        Assert.InRange(sd.Ratio, 0.97 * ChanceBelow, 1.03 * ChanceAbove);
    }

    /// <summary>
    /// Walkers of one ensemble push each other apart, so that their common mean is known better than that of independent walkers: to
    /// take a walker for a chain is cautious, by 10 % to 20 % (measured with 8 to 32 walkers). It must not be bold.
    /// </summary>
    [Fact]
    public void Errors_of_an_ensemble_sampler_are_honest()
    {
        const int ensembles = 2;
        const int walkers = 16;
        const int iterations = 400;
        var (mean, sd, running) = (new Claims(), new Claims(), new Claims());
        var scratch = new DiagnosticScratch();
        for (var replication = 0; replication < Replications; replication++)
        {
            var noise = new TestNoise(2000 + (ulong)replication);
            var draws = new StretchSampler(noise, ensembles, walkers, dimension: 2).Run(iterations)[0];
            var moments = SampleMoments.Of(draws.All);
            mean.Add(moments.Mean, MonteCarloError.Mean(draws, scratch));
            sd.Add(moments.StandardDeviation, MonteCarloError.StandardDeviation(draws, scratch));
            running.Add(moments.Mean, RunningError(draws, ensembles));
        }

        Assert.InRange(mean.Ratio, 0.8 * ChanceBelow, ChanceAbove);
        Assert.InRange(sd.Ratio, 0.95 * ChanceBelow, 1.05 * ChanceAbove);

        // The running error allows for the dependence; from short batches it is up to 8 % too small.
        Assert.InRange(running.Ratio, 0.95 * ChanceBelow, 1.08 * ChanceAbove);
    }

    private static double RunningError(DrawMatrix draws, int ensembles)
    {
        var walkers = draws.Chains / ensembles;
        var running = new RunningDiagnostics(ensembles, walkers);
        var row = new double[walkers];
        for (var i = 0; i < draws.Iterations; i++)
        {
            for (var ensemble = 0; ensemble < ensembles; ensemble++)
            {
                for (var walker = 0; walker < walkers; walker++)
                {
                    row[walker] = draws.Values[(((ensemble * walkers) + walker) * draws.Iterations) + i];
                }

                running.Add(ensemble, row);
            }
        }

        return running.McseMean;
    }

    /// <summary>Estimates, and how far each claims to be off.</summary>
    private sealed class Claims
    {
        private readonly List<double> estimates = [];
        private readonly List<double> errors = [];

        public double Ratio => SampleMoments.Of([.. estimates]).StandardDeviation / errors.Average();

        public void Add(double estimate, double error)
        {
            estimates.Add(estimate);
            errors.Add(error);
        }
    }
}
