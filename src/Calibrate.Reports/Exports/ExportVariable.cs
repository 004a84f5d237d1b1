using System.Globalization;
using Calibrate.Problems;
using Calibrate.Problems.Models;
using Calibrate.Problems.Parameters;

namespace Calibrate.Reports.Exports;

/// <summary>A quantity of the draws as formats with dimensions hold it: a number per draw, or a vector along a model output's axis.</summary>
/// <param name="Name">Its name in the problem; the output's name for a vector.</param>
/// <param name="Columns">Names of its columns among those a reader reads; one for a number.</param>
/// <param name="Axis">Where each value of a vector stands; null for a number.</param>
/// <param name="Unit">Its unit; null when nobody said.</param>
/// <param name="Label">What to call it in figures; null for its name.</param>
internal sealed record ExportVariable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<double>? Axis, string? Unit, string? Label)
{
    /// <summary>Values per draw.</summary>
    public int Length => Columns.Count;

    /// <summary>
    /// The free parameters, derived quantities and recorded outputs of a problem. An output of which every value is recorded under its own name is
    /// one vector.
    /// </summary>
    public static IReadOnlyList<ExportVariable> Of(Problem problem)
    {
        List<ExportVariable> variables = [.. problem.ReportedNames.Select(name => Reported(problem, name))];
        var left = problem.RecordedNames.ToList();
        HashSet<string> taken = [.. problem.ReportedNames, .. left];
        foreach (var output in problem.Signature?.Outputs ?? [])
        {
            if (output.Axis is { } axis && !taken.Contains(output.Name) && NamesOf(output.Name, axis) is var columns && columns.All(left.Contains))
            {
                variables.Add(new ExportVariable(output.Name, columns, axis, output.Unit, output.Description));
                left.RemoveAll(columns.ToHashSet(StringComparer.Ordinal).Contains);
            }
        }

        variables.AddRange(left.Select(name => Recorded(problem, name)));
        return variables;
    }

    private static ExportVariable Reported(Problem problem, string name)
    {
        Parameter? parameter = problem.Parameters.FirstOrDefault(candidate => candidate.Name == name);
        DerivedQuantity? derived = problem.Derived.Quantities.FirstOrDefault(candidate => candidate.Name == name);
        return new ExportVariable(name, [name], null, parameter?.Unit ?? derived?.Unit, parameter?.Label ?? derived?.Label);
    }

    private static ExportVariable Recorded(Problem problem, string name)
    {
        OutputSignature? output = problem.Signature?.Outputs.FirstOrDefault(candidate => name == candidate.Name || name.StartsWith(candidate.Name + "@", StringComparison.Ordinal));
        return new ExportVariable(name, [name], null, output?.Unit, null);
    }

    // As recorded outputs are called when nobody names them.
    private static string[] NamesOf(string output, IReadOnlyList<double> axis) =>
        [.. axis.Select(place => string.Create(CultureInfo.InvariantCulture, $"{output}@{place:R}"))];
}
