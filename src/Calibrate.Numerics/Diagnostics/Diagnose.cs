namespace Calibrate.Numerics.Diagnostics;

/// <summary>All diagnostics of one parameter in one call, sharing what they have in common.</summary>
/// <remarks>
/// Pure and on the calling thread; two parameters can be diagnosed at once with a scratch each. The arithmetic is reproducible on one
/// machine. The numbers equal those of <see cref="Rhat"/>, <see cref="EffectiveSampleSize"/>, <see cref="MonteCarloError"/> and
/// <see cref="AutocorrelationTime"/> up to rounding.
/// </remarks>
public static class Diagnose
{
    /// <summary>Diagnoses independent chains: R-hat is the rank-normalised split R-hat of Vehtari et al. (2021).</summary>
    /// <param name="draws">Draws of one parameter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    /// <returns>The diagnostics; <c>Tau</c> averages the autocorrelations of all chains.</returns>
    public static ParameterDiagnostics Chains(DrawMatrix draws, DiagnosticScratch? scratch = null) =>
        Summarise(draws, null, scratch ?? new DiagnosticScratch());

    /// <summary>
    /// Diagnoses independent ensembles of dependent walkers: R-hat is the larger of the rank-normalised and the folded nested R-hat
    /// of Margossian et al. (2024), an ensemble being a superchain; the rest treats a walker as a chain.
    /// </summary>
    /// <remarks>With one ensemble, R-hat compares its first and second half in time: see <see cref="Rhat.RankNormalizedNested"/>.</remarks>
    /// <param name="draws">Draws of one parameter, ensemble-major.</param>
    /// <param name="ensembles">Number of ensembles; divides the number of chains.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    /// <exception cref="ArgumentException">The chains cannot be dealt evenly to the ensembles.</exception>
    public static ParameterDiagnostics Ensembles(DrawMatrix draws, int ensembles, DiagnosticScratch? scratch = null)
    {
        Superchains.Validate(draws, ensembles);
        return Summarise(draws, ensembles, scratch ?? new DiagnosticScratch());
    }

    private static ParameterDiagnostics Summarise(DrawMatrix draws, int? ensembles, DiagnosticScratch scratch)
    {
        const double none = double.NaN;
        var screen = DrawScreen.Of(draws);
        if (draws.Count == 0 || screen.HasNaN)
        {
            return new ParameterDiagnostics(none, none, none, none, none, none, none, none, none, none, none);
        }

        var layout = ChainLayout.Halves(draws);
        var (scores, statistics) = RankNormalization.Scores(draws, layout, [0.05, 0.95], scratch);
        var (q05, q95) = (statistics.Quantile(0.05), statistics.Quantile(0.95));
        var (mcseMean, mcseSd, essTail, tau, cut) = (none, none, none, none, 0);
        if (screen.IsFinite)
        {
            (var essMean, cut) = Size(new DrawSeries(draws, layout), scratch, 0);
            var (essSquares, _) = Size(new SquaredDeviationSeries(draws, layout, screen.Moments.Mean), scratch, cut);
            mcseMean = screen.Moments.StandardDeviation / Math.Sqrt(essMean);
            mcseSd = MonteCarloError.OfStandardDeviation(draws, screen, essSquares);
            essTail = Math.Min(
                Size(new IndicatorSeries(draws, layout, q05), scratch, cut).Size,
                Size(new IndicatorSeries(draws, layout, q95), scratch, cut).Size);
            tau = AutocorrelationTime.OfFinite(draws, ensembles ?? 1, AutocorrelationTime.DefaultWindow, scratch, cut);
        }

        var bulk = new Autocovariance(scores, 0, layout.Count, scratch, expectedLags: cut);
        var (essBulk, _) = GeyerSequence.EffectiveSampleSize(bulk);
        var rhat = double.IsFinite(statistics.Median)
            ? CombinedRhat(draws, ensembles, layout, bulk, statistics.Fold(), scratch)
            : none;
        return new ParameterDiagnostics(
            screen.Moments.Mean,
            screen.Moments.StandardDeviation,
            q05,
            statistics.Median,
            q95,
            mcseMean,
            mcseSd,
            rhat,
            essBulk,
            essTail,
            tau);
    }

    private static double CombinedRhat(
        DrawMatrix draws, int? ensembles, ChainLayout layout, Autocovariance bulk, FoldedKey fold, DiagnosticScratch scratch)
    {
        // Nested R-hat counts the middle draws of odd chains, which the halves of the bulk leave out of their ranks.
        if (ensembles > 1 && layout.SkipsMiddle)
        {
            return Rhat.RankNormalizedNested(draws, ensembles.Value, scratch);
        }

        var folded = Rhat.Moments(RankNormalization.FoldedScores(draws, layout, fold, scratch), scratch);
        return ensembles is { } count
            ? Math.Max(Superchains.Rhat(bulk.Moments, layout, count), Superchains.Rhat(folded, layout, count))
            : Math.Max(ChainVariances.Rhat(bulk.Moments), ChainVariances.Rhat(folded));
    }

    private static (double Size, int Cut) Size(Series series, DiagnosticScratch scratch, int expectedLags) =>
        GeyerSequence.EffectiveSampleSize(new Autocovariance(series, 0, series.Layout.Count, scratch, expectedLags: expectedLags));
}
