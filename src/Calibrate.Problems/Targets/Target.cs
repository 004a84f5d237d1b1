using Calibrate.Numerics.Distributions;

namespace Calibrate.Problems.Targets;

/// <summary>
/// Observations of one model output: values, uncertainties, and how they are compared with the model. What has not been
/// set does not apply.
/// </summary>
/// <remarks>
/// With m the model's output at the times of the data and d the data, the residual is
/// <c>scale * (m - mean of m over the reference) - (d - mean of d over the reference)</c>. Its standard deviation is
/// <c>sqrt(covariance_scale * (max(minimum, sqrt(sigma^2 + (relative |d|)^2))^2 + extra^2))</c>.
/// </remarks>
/// <param name="Name">The target's name in the problem.</param>
/// <param name="Output">The model output it observes.</param>
public sealed record Target(string Name, string Output)
{
    /// <summary>Where on the output's axis each value was observed, strictly increasing; null for a scalar output.</summary>
    public IReadOnlyList<double>? Times { get; init; }

    /// <summary>The observed values; NaN for a missing one, which must then be masked or out of range.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>The standard deviation of each value; null when other settings give the uncertainty.</summary>
    public IReadOnlyList<double>? Sigmas { get; init; }

    /// <summary>The covariance of all <see cref="Values"/>, by rows; excludes <see cref="Sigmas"/>.</summary>
    public IReadOnlyList<double[]>? Covariance { get; init; }

    /// <summary>Standard deviation as a share of the absolute value, added in quadrature.</summary>
    public double RelativeError { get; init; }

    /// <summary>Smallest standard deviation of a value.</summary>
    public double MinimumSigma { get; init; }

    /// <summary>A standard deviation added in quadrature: a number or an expression of parameters; null for none.</summary>
    public string? ExtraSigma { get; init; }

    /// <summary>A factor on all variances: a number or an expression of parameters; null for one.</summary>
    public string? CovarianceScale { get; init; }

    /// <summary>A factor on the model's output: a number or an expression of parameters; null for one.</summary>
    public string? Scale { get; init; }

    /// <summary>The times that are compared.</summary>
    public Support Range { get; init; } = Support.RealLine;

    /// <summary>The period whose mean both model and data are taken relative to; null for none.</summary>
    public Support? Reference { get; init; }

    /// <summary>Times and periods that are left out.</summary>
    public IReadOnlyList<Support> Mask { get; init; } = [];

    /// <summary>A factor on the target's log likelihood.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>A factor on each value's log likelihood; null for ones.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>Degrees of freedom of Student's t; null for a Gaussian likelihood.</summary>
    public double? StudentNu { get; init; }

    /// <summary>Where the data came from, for messages; null for inline values.</summary>
    internal TargetOrigin? Origin { get; init; }
}

/// <summary>The file a target's data came from and the line of every value.</summary>
internal sealed record TargetOrigin(string File, IReadOnlyList<int> Lines, string? CovarianceFile = null);
