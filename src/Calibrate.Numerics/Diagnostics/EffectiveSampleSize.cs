using Calibrate.Numerics.Statistics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>Effective sample sizes: how many independent draws would estimate as well as these do.</summary>
/// <remarks>
/// As R package posterior 1.4.0 does it (Vehtari et al. 2021), on halved chains. NaN when a draw is NaN or infinite (the bulk size
/// bears infinities), when nothing varies, or with fewer than 3 draws per half chain. At most n log10(n) of n draws.
/// </remarks>
public static class EffectiveSampleSize
{
    /// <summary>Effective sample size for the mean; posterior's <c>ess_mean</c> and <c>ess_basic</c>.</summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static double Mean(DrawMatrix draws, DiagnosticScratch? scratch = null) =>
        IsFinite(draws) ? Of(new DrawSeries(draws, ChainLayout.Halves(draws)), scratch) : double.NaN;

    /// <summary>Effective sample size of the rank-normalised draws: the bulk (Vehtari et al. 2021, section 4.1).</summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static double Bulk(DrawMatrix draws, DiagnosticScratch? scratch = null)
    {
        if (draws.Count == 0 || DrawScreen.Of(draws).HasNaN)
        {
            return double.NaN;
        }

        scratch ??= new DiagnosticScratch();
        return Of(RankNormalization.Scores(draws, ChainLayout.Halves(draws), [], scratch).Scores, scratch);
    }

    /// <summary>The smaller of the effective sample sizes of the 5 % and 95 % quantiles (Vehtari et al. 2021, section 4.3).</summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static double Tail(DrawMatrix draws, DiagnosticScratch? scratch = null) =>
        Math.Min(Quantile(draws, 0.05, scratch), Quantile(draws, 0.95, scratch));

    /// <summary>Effective sample size for the standard deviation: that of the absolute deviations from the mean.</summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static double StandardDeviation(DrawMatrix draws, DiagnosticScratch? scratch = null)
    {
        var screen = DrawScreen.Of(draws);
        return screen.IsFinite && draws.Count > 0
            ? Of(new AbsoluteDeviationSeries(draws, ChainLayout.Halves(draws), screen.Moments.Mean), scratch)
            : double.NaN;
    }

    /// <summary>Effective sample size for the median.</summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static double Median(DrawMatrix draws, DiagnosticScratch? scratch = null) => Quantile(draws, 0.5, scratch);

    /// <summary>Effective sample size for a quantile: that of the share of draws up to it (Vehtari et al. 2021, section 4.3).</summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="probability">Probability in [0, 1]; 1 stands for (n - 1/2) / n.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is outside [0, 1].</exception>
    public static double Quantile(DrawMatrix draws, double probability, DiagnosticScratch? scratch = null) =>
        IsFinite(draws) ? QuantileOfSorted(draws, Sorted(draws), probability, scratch) : double.NaN;

    internal static double QuantileOfSorted(DrawMatrix draws, double[] sorted, double probability, DiagnosticScratch? scratch)
    {
        // The indicator of the largest draw would be constant.
        var proper = probability == 1.0 ? (sorted.Length - 0.5) / sorted.Length : probability;
        return Of(new IndicatorSeries(draws, ChainLayout.Halves(draws), Quantiles.OfSorted(sorted, proper)), scratch);
    }

    internal static double[] Sorted(DrawMatrix draws)
    {
        var sorted = draws.All.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    internal static double Of(Series series, DiagnosticScratch? scratch) =>
        GeyerSequence.EffectiveSampleSize(
            new Autocovariance(series, 0, series.Layout.Count, scratch ?? new DiagnosticScratch())).Size;

    private static bool IsFinite(DrawMatrix draws) => draws.Count > 0 && DrawScreen.Of(draws).IsFinite;
}
