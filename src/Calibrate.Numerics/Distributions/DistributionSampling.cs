using Calibrate.Numerics.Random;

namespace Calibrate.Numerics.Distributions;

/// <summary>Draws from distributions by inversion: one uniform number gives one draw, in the same order.</summary>
public static class DistributionSampling
{
    /// <summary>The draw that belongs to a uniform number.</summary>
    /// <param name="distribution">A proper distribution.</param>
    /// <param name="uniform">In (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="uniform"/> is NaN or outside [0, 1].</exception>
    /// <exception cref="InvalidOperationException">The distribution is improper.</exception>
    public static double Sample(this IDistribution distribution, double uniform) => distribution.Quantile(uniform);

    /// <summary>The draw that belongs to the first two words of a Philox block.</summary>
    /// <exception cref="InvalidOperationException">The distribution is improper.</exception>
    public static double Sample(this IDistribution distribution, PhiloxKey key, PhiloxCounter counter) =>
        distribution.Quantile(Philox.Block(key, counter).Uniform01);
}
