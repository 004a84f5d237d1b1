using Calibrate.Problems;

namespace Calibrate.Cli.Output;

/// <summary>The unit of anything a summary reports; empty when the problem does not say.</summary>
internal static class Units
{
    public static string Of(Problem problem, string name) =>
        problem.Parameters.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal))?.Unit
        ?? problem.Derived.Quantities.FirstOrDefault(q => string.Equals(q.Name, name, StringComparison.Ordinal))?.Unit
        ?? "";
}
