using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>R-hat from the moments of chains: variance of everything over variance within chains.</summary>
internal static class ChainVariances
{
    /// <summary>Moments of the chains' means.</summary>
    public static SampleMoments BetweenMeans(ReadOnlySpan<SampleMoments> chains)
    {
        var means = new double[chains.Length];
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = chains[i].Mean;
        }

        return SampleMoments.Of(means);
    }

    /// <summary>
    /// Whether a variance is more than rounding of constant values. posterior compares the range with the absolute 2.2e-16; here
    /// the scale decides, so that a parameter of order 1e-20 is diagnosed like any other.
    /// </summary>
    public static bool IsMeaningful(double variance, double mean)
    {
        var rounding = 4.0 * double.BitIncrement(1.0) - 4.0;
        return variance > rounding * rounding * mean * mean;
    }

    /// <summary>R-hat of chains of equal length (Vehtari et al. 2021, eqs. 1 to 4).</summary>
    /// <returns>R-hat, infinite when chains are constant but differ, NaN when nothing varies or a chain has fewer than two draws.</returns>
    public static double Rhat(ReadOnlySpan<SampleMoments> chains)
    {
        var length = (double)chains[0].Count;
        var between = BetweenMeans(chains);
        var within = AverageVariance(chains);
        return IsMeaningful(within + between.Variance, between.Mean)
            ? Math.Sqrt(((length * between.Variance / within) + length - 1.0) / length)
            : double.NaN;
    }

    /// <summary>
    /// Nested R-hat (Margossian, Hoffman, Sountsov, Riou-Durand, Vehtari and Gelman, "Nested R-hat: assessing the convergence of
    /// Markov chain Monte Carlo when running many short chains", Bayesian Analysis (2024), eqs. 6 to 8). Chains of one superchain
    /// are neighbours.
    /// </summary>
    /// <returns>Nested R-hat, at least 1; NaN for fewer than two superchains or when nothing varies.</returns>
    public static double NestedRhat(ReadOnlySpan<SampleMoments> chains, int superchains)
    {
        var size = chains.Length / superchains;
        var means = new double[superchains];
        var within = 0.0;
        for (var k = 0; k < superchains; k++)
        {
            var members = chains.Slice(k * size, size);
            var between = BetweenMeans(members);
            means[k] = between.Mean;
            within += (size > 1 ? between.Variance : 0.0) + (members[0].Count > 1 ? AverageVariance(members) : 0.0);
        }

        within /= superchains;
        var betweenSuperchains = SampleMoments.Of(means);
        return IsMeaningful(within + betweenSuperchains.Variance, betweenSuperchains.Mean)
            ? Math.Sqrt(1.0 + (betweenSuperchains.Variance / within))
            : double.NaN;
    }

    private static double AverageVariance(ReadOnlySpan<SampleMoments> chains)
    {
        var sum = 0.0;
        foreach (var chain in chains)
        {
            sum += chain.Variance;
        }

        return sum / chains.Length;
    }
}
