namespace Calibrate.Problems.Targets;

/// <summary>What a reader of a problem wants to know of a target.</summary>
/// <param name="Name">The target.</param>
/// <param name="Output">The model output it observes.</param>
/// <param name="Points">Observations that enter the likelihood.</param>
public sealed record TargetSummary(string Name, string Output, int Points);
