namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Integrated autocorrelation time by Sokal's automatic window, as emcee 3 computes it: Foreman-Mackey, Hogg, Lang and Goodman,
/// "emcee: the MCMC hammer", PASP 125 (2013) 306; Sokal, "Monte Carlo methods in statistical mechanics" (1996), section 3.
/// </summary>
internal static class IntegratedTime
{
    /// <summary>
    /// τ(M) = 1 + 2 Σ ρ(t), t = 1..M, at the smallest M ≥ c τ(M), ρ being averaged over the walkers.
    /// </summary>
    /// <param name="autocorrelation">Averaged normalised autocovariance.</param>
    /// <param name="window">Width c of the window in autocorrelation times; 5 is emcee's.</param>
    /// <returns>τ in iterations, and the window M; NaN if a walker never moved.</returns>
    public static (double Time, int Window) Of(Autocovariance autocorrelation, double window)
    {
        var time = -1.0;
        for (var lag = 0; lag < autocorrelation.Length; lag++)
        {
            time += 2.0 * autocorrelation[lag];
            if (!(lag < window * time))
            {
                return (time, lag);
            }
        }

        return (double.NaN, 0);
    }
}
