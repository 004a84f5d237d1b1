using Calibrate.Problems.Likelihoods;

namespace Calibrate.Problems.Models;

/// <summary>A failure that a model recognised itself; its message is shown to the user as it is.</summary>
public sealed class ModelException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="message">One line for the user.</param>
    /// <param name="kind">How the model failed.</param>
    public ModelException(string message, ModelFailureKind kind = ModelFailureKind.Exception)
        : base(message) => Kind = kind;

    /// <summary>How the model failed.</summary>
    public ModelFailureKind Kind { get; }
}
