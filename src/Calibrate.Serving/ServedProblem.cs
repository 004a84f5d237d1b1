using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;

namespace Calibrate.Serving;

/// <summary>The problem in the shapes that its served models need, made from its file with other settings.</summary>
internal static class ServedProblem
{
    /// <summary>Lengths of the model's outputs; of a log density, one number.</summary>
    public static IReadOnlyList<int> OutputSizes(Problem problem) =>
        problem.Model is ForwardModelBinding forward ? [.. forward.Factory.Signature.Outputs.Select(o => o.Length)] : [1];

    /// <summary>The same problem that records every output of its model.</summary>
    public static Problem WithAllOutputs(Problem problem, IModelCatalog catalog) => With(problem, catalog, problem.Model is ForwardModelBinding forward
        ? [$"record=[{string.Join(", ", forward.Factory.Signature.Outputs.Select(o => $"'{o.Name}'"))}]", "derived={}"]
        : []);

    /// <summary>The same problem for its posterior alone.</summary>
    public static Problem WithNaturalSpace(Problem problem, IModelCatalog catalog) => With(problem, catalog, []);

    // Clients give natural values: without transforms they reach the model with all their bits, and no Jacobian matters.
    private static Problem With(Problem problem, IModelCatalog catalog, string[] changes)
    {
        var source = problem.Source ?? throw new ProblemException([new ProblemError("", "a problem that was built in code", "a problem file, to serve it")]);
        var untransformed = problem.Parameters
            .Where(p => p.Role == ParameterRole.Free && p.Transform != ParameterTransform.None)
            .Select(p => p.Key).Distinct(StringComparer.Ordinal)
            .Select(key => $"parameters.{key}.transform=none");
        return ProblemFile.Parse(source with { Overrides = [.. source.Overrides, .. changes, .. untransformed] }, catalog);
    }
}
