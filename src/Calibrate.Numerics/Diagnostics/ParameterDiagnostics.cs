namespace Calibrate.Numerics.Diagnostics;

/// <summary>What a run's summary says about one parameter: its posterior in six numbers, and how far to trust them.</summary>
/// <remarks>
/// A number that the draws do not support (chains too short, constant, or holding a NaN or an infinity) is
/// <see cref="double.NaN"/>, never a guess.
/// </remarks>
/// <param name="Mean">Mean over all draws.</param>
/// <param name="Sd">Standard deviation over all draws, divisor <c>n - 1</c>.</param>
/// <param name="Q05">5 % quantile, type 7 of Hyndman and Fan (1996).</param>
/// <param name="Median">50 % quantile, type 7.</param>
/// <param name="Q95">95 % quantile, type 7.</param>
/// <param name="McseMean">Monte Carlo standard error of <paramref name="Mean"/>.</param>
/// <param name="McseSd">Monte Carlo standard error of <paramref name="Sd"/>.</param>
/// <param name="Rhat">Potential scale reduction; 1 when converged. Which version, says the method that made this record.</param>
/// <param name="EssBulk">Effective sample size of the bulk, from rank-normalised split chains.</param>
/// <param name="EssTail">The smaller of the effective sample sizes of the 5 % and 95 % quantiles.</param>
/// <param name="Tau">emcee's integrated autocorrelation time in iterations, averaged over ensembles.</param>
public sealed record ParameterDiagnostics(
    double Mean,
    double Sd,
    double Q05,
    double Median,
    double Q95,
    double McseMean,
    double McseSd,
    double Rhat,
    double EssBulk,
    double EssTail,
    double Tau);
