namespace Calibrate.Numerics.Diagnostics;

/// <summary>How similar a chain is to itself some iterations later, from 1 at lag 0 to nothing: the function that the autocorrelation time sums.</summary>
/// <remarks>
/// As emcee 3 averages it (Foreman-Mackey et al. 2013): each walker's autocovariance with the biased estimate of Geyer (1992), divided by its
/// variance, averaged over the walkers, and here over ensembles too.
/// </remarks>
public static class AutocorrelationFunction
{
    /// <summary>The autocorrelations at lags 0, 1, ... averaged over all chains.</summary>
    /// <param name="draws">Draws of one parameter; a chain is a walker.</param>
    /// <param name="lags">How many lags; fewer are returned when the chains are shorter.</param>
    /// <param name="scratch">Work space to reuse, or null to allocate.</param>
    /// <returns>One number per lag; empty when a draw is not finite, NaN when a walker never moved.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A negative number of lags.</exception>
    public static double[] Of(DrawMatrix draws, int lags, DiagnosticScratch? scratch = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lags);
        if (draws.Count == 0 || lags == 0 || !DrawScreen.Of(draws).IsFinite)
        {
            return [];
        }

        var series = new DrawSeries(draws, ChainLayout.Whole(draws));
        var count = Math.Min(lags, draws.Iterations);
        var averaged = new Autocovariance(series, 0, draws.Chains, scratch ?? new DiagnosticScratch(), normalise: true, expectedLags: count - 1);
        var result = new double[count];
        for (var lag = 0; lag < count; lag++)
        {
            result[lag] = averaged[lag];
        }

        return result;
    }
}
