using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Statistics;

namespace Calibrate.Runtime.Reading;

/// <summary>What the draws of a run say of another problem, after importance re-weighting, and how far that can be trusted.</summary>
public sealed record RescoredRun
{
    /// <summary>The run the draws come from.</summary>
    public required string Run { get; init; }

    /// <summary>Name of the problem they were scored under.</summary>
    public required string Problem { get; init; }

    /// <summary>Number of draws S, after the warm-up.</summary>
    public required int Draws { get; init; }

    /// <summary>Smoothed weights with Pareto k, threshold and effective sample sizes.</summary>
    public required ParetoSmoothing Smoothing { get; init; }

    /// <summary>Draws that are impossible under the new problem: outside its prior, or with likelihood 0; failures included.</summary>
    public required long Impossible { get; init; }

    /// <summary>Draws whose new log likelihood was not a number.</summary>
    public required long Failures { get; init; }

    /// <summary>The first of the <see cref="Failures"/> in words; null when there was none.</summary>
    public required string? FirstFailure { get; init; }

    /// <summary>Whether the new log posterior is the old one plus a constant at every draw, bit for bit: the weights are all equal.</summary>
    public required bool Unchanged { get; init; }

    /// <summary>Free parameters and derived quantities of the run's problem.</summary>
    public required IReadOnlyList<RescoredQuantity> Quantities { get; init; }
}

/// <summary>One quantity before and after.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Before">Under the run's own problem.</param>
/// <param name="Mean">Re-weighted mean.</param>
/// <param name="McseMean">Monte Carlo standard error of the re-weighted mean.</param>
/// <param name="Sd">Re-weighted standard deviation.</param>
/// <param name="Q05">Re-weighted 5 % quantile.</param>
/// <param name="Median">Re-weighted median.</param>
/// <param name="Q95">Re-weighted 95 % quantile.</param>
public sealed record RescoredQuantity(
    string Name, ParameterDiagnostics Before, double Mean, double McseMean, double Sd, double Q05, double Median, double Q95);
