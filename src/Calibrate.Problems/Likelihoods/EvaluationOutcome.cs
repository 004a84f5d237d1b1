namespace Calibrate.Problems.Likelihoods;

/// <summary>What became of one evaluation: a value, or a failure of one of three kinds with different policies.</summary>
public abstract record EvaluationOutcome;

/// <summary>The model ran and the likelihood has a value.</summary>
/// <param name="LogLikelihood">Natural log of the likelihood: finite or negative infinity.</param>
/// <param name="Recorded">The outputs kept per draw, in the order of the problem's recorded names.</param>
public sealed record Evaluated(double LogLikelihood, double[] Recorded) : EvaluationOutcome;

/// <summary>A deterministic failure of the model: the same parameters fail again. Counts as log likelihood -inf.</summary>
/// <param name="Kind">How the model failed.</param>
/// <param name="Message">One line for the user.</param>
public sealed record ModelFailed(ModelFailureKind Kind, string Message) : EvaluationOutcome;

/// <summary>A verdict that depends on the machine: the evaluation took too long or too much.</summary>
/// <param name="Kind">Which limit was exceeded.</param>
/// <param name="Message">One line for the user.</param>
public sealed record ResourceExceeded(ResourceKind Kind, string Message) : EvaluationOutcome;

/// <summary>The infrastructure lost the evaluation; it says nothing about the model and is simply dispatched again.</summary>
/// <param name="Reason">One line for the log.</param>
public sealed record Lost(string Reason) : EvaluationOutcome
{
    /// <summary>
    /// The process that died while it was evaluating this, by a name that no other process ever has; null when the loss throws no suspicion on
    /// the parameters.
    /// </summary>
    public string? Death { get; init; }
}

/// <summary>The ways a model fails deterministically. The numbers are journaled: append only.</summary>
public enum ModelFailureKind
{
    /// <summary>The model threw an exception.</summary>
    Exception = 0,

    /// <summary>An output the likelihood needs, or the likelihood itself, is not a number.</summary>
    NotANumber = 1,

    /// <summary>The log likelihood is positive infinity: an error of the model or the data that stops the run.</summary>
    PositiveInfinity = 2,

    /// <summary>A model in another process ended with a non-zero exit code.</summary>
    NonZeroExit = 3,
}

/// <summary>The limits an evaluation can exceed. The numbers are journaled: append only.</summary>
public enum ResourceKind
{
    /// <summary>Wall time.</summary>
    Time = 0,

    /// <summary>Memory.</summary>
    Memory = 1,

    /// <summary>The evaluating process died.</summary>
    Crash = 2,
}
