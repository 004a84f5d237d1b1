namespace Calibrate.Problems.Methods;

/// <summary>
/// When a run stops before its last iteration. The conditions that are set on effective sample size and R-hat must all
/// hold, for every parameter; the wall time alone is enough.
/// </summary>
public sealed record StopSpecification
{
    /// <summary>Only at the last iteration.</summary>
    public static StopSpecification AtIterations { get; } = new();

    /// <summary>Smallest bulk and tail effective sample size to stop at.</summary>
    public double? EffectiveSampleSize { get; init; }

    /// <summary>Largest R-hat to stop at.</summary>
    public double? RHat { get; init; }

    /// <summary>Longest time to run.</summary>
    public TimeSpan? WallTime { get; init; }
}
