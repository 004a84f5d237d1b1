using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Serving;

/// <summary>Somebody wants a point evaluated.</summary>
/// <param name="Natural">The point, in natural space.</param>
internal sealed record PointAsked(double[] Natural) : RunCommand
{
    /// <summary>Where the outcome goes.</summary>
    public TaskCompletionSource<EvaluationOutcome> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Nobody wants anything any more.</summary>
internal sealed record StopServing : RunCommand;
