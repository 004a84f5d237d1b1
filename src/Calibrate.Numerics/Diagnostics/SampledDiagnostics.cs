using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Diagnostics of one parameter from stretches of its chains, for display: the stretches need not be adjacent, nor of equal length, so that a few
/// of many suffice. The summary of a run comes from <see cref="Diagnose"/>, and so does every decision.
/// </summary>
/// <remarks>
/// <para>The standard error comes from batch means (Flegal, Haran and Jones, "Markov chain Monte Carlo: can we trust the third significant
/// figure?", Statistical Science 23 (2008) 250, section 3), a batch being a stretch of one ensemble averaged over its walkers, weighted by
/// its length; what correlation is left between neighbouring batches is found by Geyer's sequence.</para>
/// <para>R-hat is nested R-hat of the draws themselves (Margossian et al. 2024, eq. 8). With one ensemble the first and the second half of its
/// stretches are compared.</para>
/// </remarks>
public sealed class SampledDiagnostics
{
    private const int FewestStretches = 4;

    private readonly int walkers;
    private readonly List<SampleMoments[]>[] stretches;
    private readonly SampleMoments[] chains;

    /// <summary>Starts with no stretches.</summary>
    /// <param name="ensembles">Number of ensembles, at least 1.</param>
    /// <param name="walkers">Walkers per ensemble, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No ensembles or no walkers.</exception>
    public SampledDiagnostics(int ensembles, int walkers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ensembles, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(walkers, 1);
        this.walkers = walkers;
        stretches = [.. Enumerable.Range(0, ensembles).Select(_ => new List<SampleMoments[]>())];
        chains = new SampleMoments[ensembles * walkers];
    }

    /// <summary>Number of draws in the stretches.</summary>
    public long Count => All.Count;

    /// <summary>Mean of these draws; NaN when there are none.</summary>
    public double Mean => All is { Count: > 0 } all ? all.Mean : double.NaN;

    /// <summary>Their standard deviation.</summary>
    public double Sd => All.StandardDeviation;

    /// <summary>Monte Carlo standard error of <see cref="Mean"/>; NaN until every ensemble has four stretches.</summary>
    public double McseMean
    {
        get
        {
            var sum = 0.0;
            foreach (var ensemble in stretches)
            {
                sum += VarianceOfMean(ensemble);
            }

            return Math.Sqrt(sum) / stretches.Length;
        }
    }

    /// <summary>Effective sample size of these draws for their mean. A chain of which they are a share has 1 / share times as much.</summary>
    public double Ess
    {
        get
        {
            var error = McseMean;
            return All.Variance / (error * error);
        }
    }

    /// <summary>Nested R-hat; NaN until every walker has two draws, or four stretches of a single ensemble are there.</summary>
    public double Rhat
    {
        get
        {
            var (moments, superchains) = stretches.Length > 1 ? (chains, stretches.Length) : (Halves(), 2);
            return moments.Length > 0 && Array.TrueForAll(moments, chain => chain.Count >= 2)
                ? ChainVariances.NestedRhat(moments, superchains)
                : double.NaN;
        }
    }

    private SampleMoments All => Join(chains);

    /// <summary>Takes one stretch of one ensemble; stretches of an ensemble come in the order of their iterations.</summary>
    /// <param name="ensemble">Ensemble index from 0.</param>
    /// <param name="moments">Moments of every walker's draws in the stretch, equally many each. Kept, not copied.</param>
    /// <exception cref="ArgumentException">The number of moments is not that of the walkers.</exception>
    public void Add(int ensemble, SampleMoments[] moments)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (moments.Length != walkers)
        {
            throw new ArgumentException($"A stretch has {walkers} walkers; moments of {moments.Length} were given.", nameof(moments));
        }

        stretches[ensemble].Add(moments);
        for (var walker = 0; walker < walkers; walker++)
        {
            ref var chain = ref chains[(ensemble * walkers) + walker];
            chain = chain.Merge(moments[walker]);
        }
    }

    // Batches of unequal lengths n_b around their weighted mean m: sum n_b (m_b - m)^2 / (B - 1) is the variance of one draw's worth of mean.
    private double VarianceOfMean(List<SampleMoments[]> batches)
    {
        if (batches.Count < FewestStretches)
        {
            return double.NaN;
        }

        var means = new double[batches.Count];
        var lengths = new double[batches.Count];
        for (var b = 0; b < means.Length; b++)
        {
            (means[b], lengths[b]) = (batches[b].Average(moments => moments.Mean), batches[b][0].Count);
        }

        var total = lengths.Sum();
        var mean = means.Zip(lengths, (value, length) => value * length).Sum() / total;
        var perDraw = means.Zip(lengths, (value, length) => length * (value - mean) * (value - mean)).Sum() / (means.Length - 1);
        var draws = new DrawMatrix(means, 1, means.Length);
        var independent = EffectiveSampleSize.Of(new DrawSeries(draws, ChainLayout.Whole(draws)), null);

        // Few means look anticorrelated by chance, which must not make the error smaller than that of independent ones.
        return perDraw / total * Math.Max(1.0, means.Length / independent);
    }

    private SampleMoments[] Halves()
    {
        var all = stretches[0];
        var half = all.Count / 2;
        if (half < 2)
        {
            return [];
        }

        var halves = new SampleMoments[2 * walkers];
        for (var walker = 0; walker < walkers; walker++)
        {
            halves[walker] = Join([.. all[..half].Select(stretch => stretch[walker])]);
            halves[walkers + walker] = Join([.. all[^half..].Select(stretch => stretch[walker])]);
        }

        return halves;
    }

    private static SampleMoments Join(ReadOnlySpan<SampleMoments> parts)
    {
        var all = default(SampleMoments);
        foreach (var part in parts)
        {
            all = all.Merge(part);
        }

        return all;
    }
}
