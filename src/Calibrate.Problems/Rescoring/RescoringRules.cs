using Calibrate.Problems.Building;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Rescoring;

/// <summary>When draws of one problem can be scored under another, and what to say when they cannot.</summary>
internal static class RescoringRules
{
    private const int MostNamed = 3;

    /// <summary>Why the two problems have too little in common; null when they have enough.</summary>
    public static string? Refuse(Problem before, string canonicalBefore, Problem after)
    {
        if (before.Signature is null || after.Signature is null)
        {
            return "The model is a log density of its own: it has no outputs that other targets could be compared with. Sample the new problem with `calibrate run`.";
        }

        string[] changes = [.. ProblemDiff.Between(canonicalBefore, after.CanonicalText).Where(c => IsOfModel(c, after)).Select(c => "\n  " + c)];
        return changes.Length == 0
            ? null
            : $"Only targets, likelihood and priors may differ: the recorded outputs belong to another model or to other parameters:{string.Concat(changes)}\nUndo the change, or sample the new problem with `calibrate run`.";
    }

    /// <summary>Why the recorded outputs are not enough; null when they are.</summary>
    /// <param name="before">The problem the draws come from.</param>
    /// <param name="signature">The model's signature.</param>
    /// <param name="missing">The output values that the new targets compare and that were not recorded.</param>
    public static string? RefuseMissing(Problem before, ModelSignature signature, IReadOnlyList<int> missing)
    {
        if (missing.Count == 0)
        {
            return null;
        }

        const string remedy = "Put `record: outputs` into the problem and sample it again: every draw then keeps all outputs of the model.";
        if (before.RecordedRows.Count == 0)
        {
            return $"The run recorded no outputs, so its draws cannot be scored again without running the model. {remedy}";
        }

        string named = string.Join(", ", missing.Take(MostNamed).Select(row => OutputNames.Of(signature, row)));
        string more = missing.Count > MostNamed ? $" and {missing.Count - MostNamed} more" : "";
        return $"The new targets compare output values that the run did not record: {named}{more}. {remedy}";
    }

    // A tied or fixed parameter that only targets use may be anything; whatever the model was given must stay.
    private static bool IsOfModel(ProblemChange change, Problem after)
    {
        if (!change.Key.StartsWith("parameters.", StringComparison.Ordinal))
        {
            return change.Key.StartsWith("model.", StringComparison.Ordinal) || change.Key is "model" or "format";
        }

        int dot = change.Key.LastIndexOf('.');
        string name = change.Key["parameters.".Length..dot];
        return change.Key[(dot + 1)..] switch
        {
            "transform" => false,
            "prior" => change.Before is null || change.After is null,
            _ => after.Signature!.Parameters.Any(p => p.Name == name) || IsUsedByTie(after, name),
        };
    }

    private static bool IsUsedByTie(Problem problem, string name) =>
        problem.Parameters.Any(p => p.Role == ParameterRole.Tied && Ties.NamesIn(p.Tie!).Contains(name, StringComparer.Ordinal));
}
