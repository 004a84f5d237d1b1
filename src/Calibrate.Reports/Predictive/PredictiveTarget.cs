using Calibrate.Problems.Targets;

namespace Calibrate.Reports.Predictive;

/// <summary>One target's predictions at the draws of a <see cref="PredictiveSample"/>.</summary>
/// <param name="Comparison">The target: name, axis, observed values, likelihood.</param>
/// <param name="Predictions">
/// <c>[draw, index]</c>: what the target compares with observation <c>index</c>, scaled and relative to its reference period; NaN where the model
/// failed. Without the observations' error.
/// </param>
/// <param name="Sigmas">
/// <c>[draw, index]</c>: standard deviation of the observation (scale for Student's t) as the likelihood takes it at that draw.
/// </param>
public sealed record PredictiveTarget(TargetComparison Comparison, double[,] Predictions, double[,] Sigmas)
{
    /// <summary>The target's name.</summary>
    public string Name => Comparison.Name;

    /// <summary>Where on the output's axis each observation lies; null for a scalar output.</summary>
    public IReadOnlyList<double>? Axis => Comparison.Axis;

    /// <summary>The observations, relative to the target's reference period when it has one.</summary>
    public IReadOnlyList<double> Observed => Comparison.Observed;
}
