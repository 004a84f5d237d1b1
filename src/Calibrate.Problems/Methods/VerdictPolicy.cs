namespace Calibrate.Problems.Methods;

/// <summary>
/// What becomes of an evaluation that took too long, took too much memory or killed its process again and again: a verdict that depends on
/// machines and not on the model alone.
/// </summary>
public enum VerdictPolicy
{
    /// <summary>The run pauses, so that somebody decides: counting such points as impossible would bias the posterior.</summary>
    Pause,

    /// <summary>The point counts as log likelihood -inf; journaled and reported. Two runs of the same seed may then differ.</summary>
    Reject,
}
