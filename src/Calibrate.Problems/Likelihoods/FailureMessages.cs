using Calibrate.Problems.Models;

namespace Calibrate.Problems.Likelihoods;

/// <summary>The wording of failures that every likelihood shares.</summary>
internal static class FailureMessages
{
    /// <summary>
    /// Whether an exception says something about the model at this point. Running out of memory says something about the machine: taken as a
    /// failure of the point, it would bias the posterior by how many evaluations ran at the same time. So would a model that cannot be reached.
    /// </summary>
    public static bool IsOfModel(Exception exception) => exception is not (OutOfMemoryException or ModelUnavailableException);

    public static ModelFailed OfException(Exception exception) => exception is ModelException failure
        ? new ModelFailed(failure.Kind, OneLine(failure.Message))
        : new ModelFailed(ModelFailureKind.Exception, $"{exception.GetType().Name}: {OneLine(exception.Message)}");

    public static ModelFailed OfLogLikelihood(double value) => double.IsNaN(value)
        ? new ModelFailed(ModelFailureKind.NotANumber, "the log likelihood is not a number")
        : new ModelFailed(ModelFailureKind.PositiveInfinity, "the log likelihood is positive infinity");

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
