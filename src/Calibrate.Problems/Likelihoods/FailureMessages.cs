using Calibrate.Problems.Models;

namespace Calibrate.Problems.Likelihoods;

/// <summary>The wording of failures that every likelihood shares.</summary>
internal static class FailureMessages
{
    public static ModelFailed OfException(Exception exception) => exception is ModelException failure
        ? new ModelFailed(failure.Kind, OneLine(failure.Message))
        : new ModelFailed(ModelFailureKind.Exception, $"{exception.GetType().Name}: {OneLine(exception.Message)}");

    public static ModelFailed OfLogLikelihood(double value) => double.IsNaN(value)
        ? new ModelFailed(ModelFailureKind.NotANumber, "the log likelihood is not a number")
        : new ModelFailed(ModelFailureKind.PositiveInfinity, "the log likelihood is positive infinity");

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
