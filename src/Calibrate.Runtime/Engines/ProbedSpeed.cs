using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Engines;

/// <summary>
/// What a model's speed is taken to be after a few probes: the fastest evaluation that succeeded, because the first ones also pay for compilation.
/// A failure says little, since models often refuse a point at once: only when nothing else is known, the slowest one counts.
/// </summary>
internal sealed class ProbedSpeed
{
    private double fastestSuccess = double.PositiveInfinity;
    private double slowestFailure;

    /// <summary>Seconds per evaluation; 0 when there was no probe.</summary>
    public double Seconds => double.IsFinite(fastestSuccess) ? fastestSuccess : slowestFailure;

    public void Note(EvaluationOutcome outcome, double seconds)
    {
        if (outcome is Evaluated)
        {
            fastestSuccess = Math.Min(fastestSuccess, seconds);
        }
        else
        {
            slowestFailure = Math.Max(slowestFailure, seconds);
        }
    }
}
