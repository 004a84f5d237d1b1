using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>Monte Carlo standard errors: how far an estimate from these draws may be off.</summary>
/// <remarks>As R package posterior 1.4.0 does it (Vehtari et al. 2021); NaN where the effective sample size is.</remarks>
public static class MonteCarloError
{
    /// <summary>Φ(-1) and Φ(1) as posterior rounds them.</summary>
    private const double LowerSigma = 0.1586553;
    private const double UpperSigma = 0.8413447;

    /// <summary>Standard error of the mean: standard deviation over the root of the effective sample size for the mean.</summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static double Mean(DrawMatrix draws, DiagnosticScratch? scratch = null) =>
        DrawScreen.Of(draws).Moments.StandardDeviation / Math.Sqrt(EffectiveSampleSize.Mean(draws, scratch));

    /// <summary>Standard error of the standard deviation (Kenney and Keeping, Mathematics of Statistics 2, 1951, p. 141).</summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static double StandardDeviation(DrawMatrix draws, DiagnosticScratch? scratch = null)
    {
        var screen = DrawScreen.Of(draws);
        if (draws.Count == 0 || !screen.IsFinite)
        {
            return double.NaN;
        }

        var squares = new SquaredDeviationSeries(draws, ChainLayout.Halves(draws), screen.Moments.Mean);
        return OfStandardDeviation(draws, screen, EffectiveSampleSize.Of(squares, scratch));
    }

    /// <summary>Standard error of the median.</summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static double Median(DrawMatrix draws, DiagnosticScratch? scratch = null) => Quantile(draws, 0.5, scratch);

    /// <summary>
    /// Standard error of a quantile: half the distance between the order statistics that are one sigma apart by the beta
    /// distribution of the quantile's rank (Vehtari et al. 2021, section 4.4).
    /// </summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="probability">Probability in [0, 1].</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    public static double Quantile(DrawMatrix draws, double probability, DiagnosticScratch? scratch = null)
    {
        if (draws.Count == 0 || !DrawScreen.Of(draws).IsFinite)
        {
            return double.NaN;
        }

        var sorted = EffectiveSampleSize.Sorted(draws);
        var size = EffectiveSampleSize.QuantileOfSorted(draws, sorted, probability, scratch);
        if (double.IsNaN(size))
        {
            return double.NaN;
        }

        var share = new Beta((size * probability) + 1.0, (size * (1.0 - probability)) + 1.0);
        var lower = Math.Max(Math.Floor(share.Quantile(LowerSigma) * sorted.Length), 1.0);
        var upper = Math.Min(Math.Ceiling(share.Quantile(UpperSigma) * sorted.Length), sorted.Length);
        return (sorted[(int)upper - 1] - sorted[(int)lower - 1]) / 2.0;
    }

    /// <summary>Propagates the variance of the variance, (μ₄ - σ⁴) / ESS, to its root.</summary>
    internal static double OfStandardDeviation(DrawMatrix draws, DrawScreen screen, double sizeOfSquares)
    {
        var variance = screen.Moments.SquaredDeviations / draws.Count;
        var fourth = DrawScreen.FourthMoment(draws, screen.Moments.Mean);
        return Math.Sqrt((fourth - (variance * variance)) / sizeOfSquares / variance / 4.0);
    }
}
