using Calibrate.Numerics.Diagnostics;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Figures;

/// <summary>What all figures together need of one quantity: some kilobytes, whatever the length of the run.</summary>
/// <param name="Name">The quantity.</param>
/// <param name="Trace">Its part of the traces; all else is null for the log posterior, which has only this.</param>
/// <param name="Rank">Its ranks.</param>
/// <param name="Marginal">Its density.</param>
/// <param name="Autocorrelation">Its autocorrelation.</param>
/// <param name="Ess">Its effective sample sizes.</param>
/// <param name="Kept">Draws thinned as those of every other quantity.</param>
/// <param name="Effective">Bulk effective sample size.</param>
internal sealed record QuantityPanels(
    string Name,
    TracePanel Trace,
    RankPanel? Rank,
    MarginalPanel? Marginal,
    AutocorrelationPanel? Autocorrelation,
    EssPanel? Ess,
    double[] Kept,
    double Effective)
{
    public static QuantityPanels Of(QuantityDraws draws, PriorCurve? prior, ParameterDiagnostics? known)
    {
        var trace = TraceFigure.Summarise(draws);
        if (draws.Name == RunReader.LogPosterior)
        {
            return new QuantityPanels(draws.Name, trace, null, null, null, null, [], double.NaN);
        }

        var scratch = new DiagnosticScratch();
        var ess = EssFigure.Summarise(draws, known, scratch);
        var effective = ess.Bulk.Length > 0 ? ess.Bulk[^1] : double.NaN;
        var tau = known?.Tau ?? (AutocorrelationTime.OfEnsembles(draws.Draws, draws.Ensembles, scratch: scratch) * draws.Thin);
        return new QuantityPanels(
            draws.Name,
            trace,
            RankFigure.Summarise(draws, effective),
            MarginalsFigure.Summarise(draws, effective, prior),
            AutocorrelationFigure.Summarise(draws, tau, scratch),
            ess,
            DrawThinning.Every(DrawThinning.StrideFor(draws.Draws.Count, DrawThinning.MostDraws), draws.Draws).All.ToArray(),
            effective);
    }
}
