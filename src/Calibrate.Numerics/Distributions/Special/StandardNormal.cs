using MathNet.Numerics;

namespace Calibrate.Numerics.Distributions.Special;

/// <summary>The standard normal distribution, with logs of its tails beyond the point where they underflow.</summary>
internal static class StandardNormal
{
    /// <summary>ln sqrt(2 pi).</summary>
    public const double LogRootTwoPi = 0.91893853320467274178;

    private const double RootHalf = 0.70710678118654752440;

    // Below this point the log of the cdf comes from the continued fraction: erfc's exponential has lost digits there.
    private const double TailStart = -8;

    public static double LogDensity(double z) => (-0.5 * z * z) - LogRootTwoPi;

    public static double Cdf(double z) => z < TailStart ? Elementary.Exp(LogTail(-z)) : 0.5 * SpecialFunctions.Erfc(-z * RootHalf);

    public static double LogCdf(double z) => z switch
    {
        < TailStart => LogTail(-z),
        > 0 => LogExp.LogOnePlus(-Cdf(-z)),
        _ => Elementary.Log(Cdf(z)),
    };

    /// <summary>ln P(Z > t) for t of 8 and more: the density times Mills' ratio, as Laplace's continued fraction.</summary>
    /// <remarks>
    /// M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions, 26.2.14. At t = 8 twenty-four terms settle the
    /// last bit; larger t need fewer.
    /// </remarks>
    private static double LogTail(double t)
    {
        if (double.IsPositiveInfinity(t))
        {
            return double.NegativeInfinity;
        }

        double denominator = t;
        for (int k = 24; k >= 1; k--)
        {
            denominator = t + (k / denominator);
        }

        return LogDensity(t) - Elementary.Log(denominator);
    }
}
