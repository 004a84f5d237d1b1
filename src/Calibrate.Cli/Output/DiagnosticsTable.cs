using Calibrate.Cli.Draws;
using Calibrate.Numerics.Diagnostics;
using Spectre.Console;

namespace Calibrate.Cli.Output;

/// <summary>Diagnostics of a draws file as a table, and below it what a reader should worry about.</summary>
internal static class DiagnosticsTable
{
    private const double RhatLimit = 1.01;
    private const double EssLimit = 400;

    private static readonly (string Title, Func<ParameterDiagnostics, string> Cell)[] Columns =
    [
        ("mean", d => Figures.Significant(d.Mean)),
        ("mcse", d => Figures.Significant(d.McseMean, 2)),
        ("sd", d => Figures.Significant(d.Sd)),
        ("mcse sd", d => Figures.Significant(d.McseSd, 2)),
        ("5 %", d => Figures.Significant(d.Q05)),
        ("median", d => Figures.Significant(d.Median)),
        ("95 %", d => Figures.Significant(d.Q95)),
        ("R-hat", d => Figures.Rhat(d.Rhat)),
        ("bulk ESS", d => Figures.Count(d.EssBulk)),
        ("tail ESS", d => Figures.Count(d.EssTail)),
    ];

    public static void Write(Terminal terminal, DrawsFile draws, IReadOnlyList<KeyValuePair<string, ParameterDiagnostics>> parameters)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("parameter");
        foreach (var (title, _) in Columns)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (var (name, diagnostics) in parameters)
        {
            table.AddRow([Markup.Escape(name), .. Columns.Select(column => column.Cell(diagnostics))]);
        }

        terminal.Tables.Write(table);
        terminal.Output.WriteLine($"{draws.Chains} chain{(draws.Chains == 1 ? "" : "s")} of {Figures.Count(draws.Iterations)} draws.");
        foreach (var warning in Warnings(parameters))
        {
            terminal.Output.WriteLine(warning);
        }
    }

    private static IEnumerable<string> Warnings(IReadOnlyList<KeyValuePair<string, ParameterDiagnostics>> parameters)
    {
        var unmixed = Names(parameters, d => d.Rhat >= RhatLimit);
        if (unmixed.Length > 0)
        {
            yield return $"R-hat is {RhatLimit} or more for {unmixed}: the chains disagree. Run longer, or look for several modes.";
        }

        var sparse = Names(parameters, d => Math.Min(d.EssBulk, d.EssTail) < EssLimit);
        if (sparse.Length > 0)
        {
            yield return $"The effective sample size is below {EssLimit} for {sparse}: the quantiles are not yet to be trusted.";
        }

        var undefined = Names(parameters, d => double.IsNaN(d.Rhat));
        if (undefined.Length > 0)
        {
            yield return $"No diagnostics exist for {undefined}: its draws are constant, too few, or not all finite.";
        }
    }

    private static string Names(IEnumerable<KeyValuePair<string, ParameterDiagnostics>> parameters, Func<ParameterDiagnostics, bool> which) =>
        string.Join(", ", parameters.Where(p => which(p.Value)).Select(p => p.Key));
}
