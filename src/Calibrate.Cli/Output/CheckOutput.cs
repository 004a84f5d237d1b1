using System.Globalization;
using Calibrate.Cli.Commands;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;
using Spectre.Console;

namespace Calibrate.Cli.Output;

/// <summary>A problem as Calibrate understood it.</summary>
internal static class CheckOutput
{
    public static void Write(Terminal terminal, Problem problem, TrialEvaluation trial)
    {
        var output = terminal.Output;
        output.WriteLine($"{problem.Name}: {problem.Space.Dimension} free parameter{(problem.Space.Dimension == 1 ? "" : "s")}, {Method(problem)}");
        terminal.Tables.Write(Parameters(problem, trial));
        foreach (var quantity in problem.Derived.Quantities)
        {
            output.WriteLine($"Derived: {quantity.Name} = {quantity.Expression}{(quantity.Unit is { } unit ? $" [{unit}]" : "")}");
        }

        foreach (var target in problem.Targets)
        {
            output.WriteLine($"Target: {target.Name}, {target.Points} observation{(target.Points == 1 ? "" : "s")} of {target.Output}");
        }

        if (problem.RecordedNames.Count > 0)
        {
            var chosen = problem.SummarisedNames.Skip(problem.ReportedNames.Count).ToList();
            var rest = problem.RecordedNames.Count - chosen.Count;
            output.WriteLine($"Recorded per draw: {string.Join(", ", rest > 0 ? [.. chosen, $"{Figures.Count(rest)} output values ({Figures.Count(8.0 * rest)} bytes)"] : chosen)}");
        }

        output.WriteLine(trial.Failure is { } failure
            ? $"The model FAILED at this point: {failure}"
            : string.Create(CultureInfo.InvariantCulture, $"At this point: log prior {trial.LogPrior:F4}, log likelihood {trial.LogLikelihood:F4}. One evaluation takes about {Figures.Significant(trial.SecondsPerEvaluation * 1e6, 3)} us."));
    }

    private static string Method(Problem problem) => problem.Method switch
    {
        EnsembleSpecification e => $"{e.Ensembles} ensembles of {e.WalkersFor(problem.Space.Dimension)} walkers, {Figures.Count(e.Iterations)} iterations, thin {e.Thin}, moves: "
            + string.Join(" + ", e.Moves.Select(m => e.Moves.Count == 1 ? m.Kind.ToString().ToLowerInvariant() : $"{Figures.Significant(m.Weight, 2)} {m.Kind.ToString().ToLowerInvariant()}")),
        RandomSearchSpecification r => $"random search, {r.Ensembles} x {r.Candidates} candidates, {Figures.Count(r.Iterations)} iterations",
        var other => other.Name,
    };

    private static Table Parameters(Problem problem, TrialEvaluation trial)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("parameter", "unit", "prior or value", "transform");
        table.AddColumn(new TableColumn("at the trial point").RightAligned());
        foreach (var parameter in problem.Parameters)
        {
            table.AddRow(new[]
            {
                parameter.Name,
                parameter.Unit ?? "",
                Describe(parameter),
                parameter.Transform == ParameterTransform.None ? "" : parameter.Transform.ToString().ToLowerInvariant(),
                Figures.Significant(trial.Point.GetValueOrDefault(parameter.Name, double.NaN)),
            }.Select(Markup.Escape).ToArray());
        }

        return table;
    }

    private static string Describe(Parameter parameter) => parameter.Role switch
    {
        ParameterRole.Fixed => string.Create(CultureInfo.InvariantCulture, $"fixed at {parameter.Value}"),
        ParameterRole.Tied => $"= {parameter.Tie}",
        _ => (parameter.Prior?.ToString() ?? "flat") + Bounds(parameter),
    };

    private static string Bounds(Parameter parameter) =>
        double.IsInfinity(parameter.Bounds.Lower) && double.IsInfinity(parameter.Bounds.Upper)
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" within [{parameter.Bounds.Lower}, {parameter.Bounds.Upper}]");
}
