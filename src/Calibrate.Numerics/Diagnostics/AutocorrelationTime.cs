namespace Calibrate.Numerics.Diagnostics;

/// <summary>Integrated autocorrelation time in iterations: how many of them make one independent draw of a walker.</summary>
/// <remarks>
/// emcee 3's estimate (Foreman-Mackey et al. 2013), for which a chain should be longer than 50 times the result. NaN when a draw is
/// not finite or a walker never moved, as in emcee.
/// </remarks>
public static class AutocorrelationTime
{
    /// <summary>emcee's width of the summation window, in autocorrelation times (Sokal 1996 recommends 4 to 10).</summary>
    public const double DefaultWindow = 5.0;

    /// <summary>Autocorrelation time of one ensemble: autocorrelations are averaged over its walkers.</summary>
    /// <param name="draws">Draws of one parameter; a chain is a walker.</param>
    /// <param name="window">Width c of the summation window.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    public static double Of(DrawMatrix draws, double window = DefaultWindow, DiagnosticScratch? scratch = null) =>
        OfEnsembles(draws, 1, window, scratch);

    /// <summary>Mean of the autocorrelation times of independent ensembles.</summary>
    /// <param name="draws">Draws of one parameter, ensemble-major.</param>
    /// <param name="ensembles">Number of ensembles; divides the number of chains.</param>
    /// <param name="window">Width c of the summation window.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    /// <exception cref="ArgumentException">The chains cannot be dealt evenly to the ensembles.</exception>
    public static double OfEnsembles(
        DrawMatrix draws, int ensembles, double window = DefaultWindow, DiagnosticScratch? scratch = null)
    {
        Superchains.Validate(draws, ensembles);
        return draws.Count > 0 && DrawScreen.Of(draws).IsFinite
            ? OfFinite(draws, ensembles, window, scratch ?? new DiagnosticScratch(), expectedLags: 0)
            : double.NaN;
    }

    internal static double OfFinite(DrawMatrix draws, int ensembles, double window, DiagnosticScratch scratch, int expectedLags)
    {
        var series = new DrawSeries(draws, ChainLayout.Whole(draws));
        var walkers = draws.Chains / ensembles;
        var sum = 0.0;
        for (var ensemble = 0; ensemble < ensembles; ensemble++)
        {
            var autocorrelation = new Autocovariance(series, ensemble * walkers, walkers, scratch, normalise: true, expectedLags);
            (var time, expectedLags) = IntegratedTime.Of(autocorrelation, window);
            sum += time;
        }

        return sum / ensembles;
    }
}
