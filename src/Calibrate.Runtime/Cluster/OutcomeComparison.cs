using System.Globalization;
using System.Runtime.InteropServices;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Cluster;

/// <summary>Whether two computations of one evaluation came to the same result, to the last bit.</summary>
internal static class OutcomeComparison
{
    /// <summary>
    /// Whether an outcome is decided by the parameters alone: values and deterministic failures are, losses and exceeded limits depend on the
    /// machine and say nothing when they differ.
    /// </summary>
    public static bool IsComparable(EvaluationOutcome outcome) => outcome is Evaluated or ModelFailed;

    /// <summary>Whether two comparable outcomes agree: values and recorded outputs bit for bit, failures by their kind.</summary>
    /// <remarks>The messages of failures are for people: they may name a file of one machine.</remarks>
    public static bool Agree(EvaluationOutcome first, EvaluationOutcome second) => (first, second) switch
    {
        (Evaluated one, Evaluated other) =>
            SameBits(one.LogLikelihood, other.LogLikelihood) && SameBits(one.Recorded, other.Recorded),
        (ModelFailed one, ModelFailed other) => one.Kind == other.Kind,
        _ => false,
    };

    /// <summary>Where two outcomes that do not agree differ, for the operator.</summary>
    /// <param name="here">The outcome that is known.</param>
    /// <param name="there">The outcome of the other one.</param>
    /// <param name="whose">Whose outcome <paramref name="here"/> is, as it reads after "in" or "of".</param>
    public static string Difference(EvaluationOutcome here, EvaluationOutcome there, string whose)
    {
        if (here is Evaluated one && there is Evaluated other && SameBits(one.LogLikelihood, other.LogLikelihood))
        {
            if (one.Recorded.Length != other.Recorded.Length)
            {
                return Text($"{other.Recorded.Length} recorded outputs there, {one.Recorded.Length} {whose}");
            }

            var k = Enumerable.Range(0, one.Recorded.Length).First(k => !SameBits(one.Recorded[k], other.Recorded[k]));
            return Text($"recorded output {k + 1} is {Bits(other.Recorded[k])} there, {Bits(one.Recorded[k])} {whose}");
        }

        return $"{Describe(there)} there, {Describe(here)} {whose}";
    }

    /// <summary>An outcome in a few words.</summary>
    public static string Describe(EvaluationOutcome outcome) => outcome switch
    {
        Evaluated value => $"log likelihood {Bits(value.LogLikelihood)}",
        ModelFailed failure => $"failure {failure.Kind} ({failure.Message})",
        ResourceExceeded exceeded => $"limit {exceeded.Kind} exceeded ({exceeded.Message})",
        Lost lost => $"lost ({lost.Reason})",
        _ => outcome.GetType().Name,
    };

    private static bool SameBits(double first, double second) =>
        BitConverter.DoubleToInt64Bits(first) == BitConverter.DoubleToInt64Bits(second);

    private static bool SameBits(double[] first, double[] second) =>
        MemoryMarshal.Cast<double, long>(first).SequenceEqual(MemoryMarshal.Cast<double, long>(second));

    private static string Bits(double value) => Text($"{value:R} (0x{BitConverter.DoubleToInt64Bits(value):X16})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
