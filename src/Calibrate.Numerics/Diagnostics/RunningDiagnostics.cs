using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Diagnostics of one parameter while its run goes on, for display: constant memory, a few tens of nanoseconds per draw. The summary
/// of a run comes from <see cref="Diagnose"/>, and so does every decision.
/// </summary>
/// <remarks>
/// <para>The standard error comes from batch means (Flegal, Haran and Jones, "Markov chain Monte Carlo: can we trust the third
/// significant figure?", Statistical Science 23 (2008) 250, section 3) of the average over an ensemble's walkers, so that it allows
/// for their dependence; what correlation is left between batches is found by Geyer's sequence. From 32 to 64 batches it is known to
/// some 20 % with one ensemble, 10 % with four.</para>
/// <para>R-hat is nested R-hat of the draws themselves (Margossian et al. 2024, eq. 8); ranks need all draws. With one ensemble the
/// first and the second half of its time are compared.</para>
/// <para>Ensembles may be at different iterations. Not for use by two threads at once.</para>
/// </remarks>
public sealed class RunningDiagnostics
{
    private const int BatchCapacity = 64;
    private const int HalvesCapacity = 16;

    private readonly int walkers;
    private readonly BatchedMoments[] chains;
    private readonly BatchedMoments[] ensembleMeans;
    private readonly QuantileSketch quantiles = new();

    /// <summary>Starts with no draws.</summary>
    /// <param name="ensembles">Number of ensembles, at least 1.</param>
    /// <param name="walkers">Walkers per ensemble, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No ensembles or no walkers.</exception>
    public RunningDiagnostics(int ensembles, int walkers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ensembles, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(walkers, 1);
        this.walkers = walkers;
        chains = [.. Enumerable.Range(0, ensembles * walkers).Select(_ => new BatchedMoments(HalvesCapacity))];
        ensembleMeans = [.. Enumerable.Range(0, ensembles).Select(_ => new BatchedMoments(BatchCapacity))];
    }

    /// <summary>Number of draws so far.</summary>
    public long Count => All.Count;

    /// <summary>Mean of all draws.</summary>
    public double Mean => All is { Count: > 0 } all ? all.Mean : double.NaN;

    /// <summary>Standard deviation of all draws.</summary>
    public double Sd => All.StandardDeviation;

    /// <summary>Monte Carlo standard error of <see cref="Mean"/>; NaN until every ensemble has three batches.</summary>
    public double McseMean
    {
        get
        {
            var sum = 0.0;
            foreach (var ensemble in ensembleMeans)
            {
                sum += VarianceOfMean(ensemble.Batches);
            }

            return Math.Sqrt(sum) / ensembleMeans.Length;
        }
    }

    /// <summary>Effective sample size for the mean that belongs to <see cref="McseMean"/>.</summary>
    public double Ess
    {
        get
        {
            var error = McseMean;
            return All.Variance / (error * error);
        }
    }

    /// <summary>Nested R-hat; NaN until there are two draws of every walker.</summary>
    public double Rhat => ensembleMeans.Length > 1 ? RhatOfEnsembles() : RhatOfHalves();

    private SampleMoments All
    {
        get
        {
            var all = default(SampleMoments);
            foreach (var chain in chains)
            {
                all = all.Merge(chain.All);
            }

            return all;
        }
    }

    /// <summary>Takes one iteration of one ensemble.</summary>
    /// <param name="ensemble">Ensemble index from 0.</param>
    /// <param name="draws">One draw per walker.</param>
    /// <exception cref="ArgumentException">The number of draws is not that of the walkers.</exception>
    public void Add(int ensemble, ReadOnlySpan<double> draws)
    {
        if (draws.Length != walkers)
        {
            throw new ArgumentException($"An iteration has {walkers} draws, one per walker; {draws.Length} were given.", nameof(draws));
        }

        var sum = 0.0;
        for (var walker = 0; walker < draws.Length; walker++)
        {
            chains[(ensemble * walkers) + walker].Add(draws[walker]);
            quantiles.Add(draws[walker]);
            sum += draws[walker];
        }

        ensembleMeans[ensemble].Add(sum / walkers);
    }

    /// <summary>Estimates a quantile of all draws; its error is that of <see cref="QuantileSketch"/>.</summary>
    /// <param name="probability">Probability in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    public double Quantile(double probability) => quantiles.Quantile(probability);

    private static double VarianceOfMean(ReadOnlySpan<SampleMoments> batches)
    {
        var means = new double[batches.Length];
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = batches[i].Mean;
        }

        var draws = new DrawMatrix(means, 1, means.Length);
        var series = new DrawSeries(draws, ChainLayout.Whole(draws));
        return SampleMoments.Of(means).Variance / EffectiveSampleSize.Of(series, null);
    }

    private double RhatOfEnsembles()
    {
        var moments = new SampleMoments[chains.Length];
        for (var i = 0; i < chains.Length; i++)
        {
            moments[i] = chains[i].All;
            if (moments[i].Count < 2)
            {
                return double.NaN;
            }
        }

        return ChainVariances.NestedRhat(moments, ensembleMeans.Length);
    }

    private double RhatOfHalves()
    {
        var halves = new SampleMoments[2 * chains.Length];
        for (var i = 0; i < chains.Length; i++)
        {
            var batches = chains[i].Batches;
            var half = batches.Length / 2;
            halves[i] = BatchedMoments.Join(batches[..half]);
            halves[chains.Length + i] = BatchedMoments.Join(batches[^half..]);
            if (halves[i].Count < 2)
            {
                return double.NaN;
            }
        }

        return ChainVariances.NestedRhat(halves, 2);
    }
}
