using System.Globalization;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Reading;
using Spectre.Console;

namespace Calibrate.Cli.Output;

/// <summary>The summary that ends a run: what was found, how far to trust it, how to go on.</summary>
internal static class SummaryOutput
{
    private static readonly (string Title, Func<ParameterDiagnostics, string> Cell)[] Columns =
    [
        ("mean", d => Figures.Significant(d.Mean)),
        ("sd", d => Figures.Significant(d.Sd)),
        ("5 %", d => Figures.Significant(d.Q05)),
        ("median", d => Figures.Significant(d.Median)),
        ("95 %", d => Figures.Significant(d.Q95)),
        ("MCSE", d => Figures.Significant(d.McseMean, 2)),
        ("R-hat", d => Figures.Rhat(d.Rhat)),
        ("bulk ESS", d => Figures.Count(d.EssBulk)),
        ("tail ESS", d => Figures.Count(d.EssTail)),
        ("tau", d => Figures.Significant(d.Tau, 3)),
    ];

    public static void Write(Terminal terminal, RunSummary summary, Problem problem, bool json, string folderHint)
    {
        if (json)
        {
            terminal.Output.WriteLine(RunSummaryJson.ToText(summary, indented: true));
            return;
        }

        terminal.Tables.Write(Table(summary, problem));
        foreach (var line in Lines(summary, folderHint))
        {
            terminal.Output.WriteLine(line);
        }
    }

    private static Table Table(RunSummary summary, Problem problem)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("");
        table.AddColumn("unit");
        foreach (var (title, _) in Columns)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (var (name, diagnostics) in summary.Parameters)
        {
            table.AddRow([Markup.Escape(name), Markup.Escape(Units.Of(problem, name)), .. Columns.Select(column => column.Cell(diagnostics))]);
        }

        return table;
    }

    private static IEnumerable<string> Lines(RunSummary s, string folderHint)
    {
        var culture = CultureInfo.InvariantCulture;
        yield return string.Create(culture, $"{s.Ensembles} ensembles of {s.Walkers} walkers, {Figures.Count(s.Iterations)} iterations ({Figures.Count(s.WarmUp)} warm-up), acceptance {s.Acceptance:F2}, {Figures.Count(s.Evaluations)} evaluations in {Figures.Duration(TimeSpan.FromSeconds(s.Seconds))}.");
        if (s.Failures.Count > 0)
        {
            yield return $"Failed evaluations, taken as log likelihood -inf: {string.Join(", ", s.Failures.Select(f => $"{Figures.Count(f.Value)} {f.Key}"))}.";
        }

        foreach (var line in Troubles(s))
        {
            yield return line;
        }

        yield return Verdict(s, folderHint);
        yield return $"Seed {s.Seed.ToString(culture)}, chain hash {s.ChainHash}";
    }

    private static IEnumerable<string> Troubles(RunSummary s)
    {
        if (s.Verdicts.Rejected > 0)
        {
            yield return $"REJECTED for exceeding a limit ({Verdicts(s, rejected: true)}): the posterior leaves these points out, whatever the model would have said.";
        }

        if (s.Verdicts.Paused > 0)
        {
            yield return $"Evaluations that exceeded a limit and paused the run: {Verdicts(s, rejected: false)}.";
        }

        if (s.Disagreements > 0)
        {
            yield return $"WORKERS DISAGREED on {Figures.Count(s.Disagreements)} evaluations: what the wrong one computed may be part of this chain.";
        }

        if (s.Workers.RefusalCount > 0)
        {
            yield return $"{Figures.Count(s.Workers.RefusalCount)} refusals of workers; the last: {s.Workers.Refusals[^1].Worker}: {s.Workers.Refusals[^1].Reason}";
        }

        if (s.Status is RunStatus.Paused or RunStatus.Failed && s.Reason.Length > 0)
        {
            yield return $"{s.Status}: {s.Reason}";
        }
    }

    private static string Verdicts(RunSummary s, bool rejected) => string.Join(
        ", ", s.Verdicts.Counts.Where(count => count.Key.Rejected == rejected).Select(count => $"{Figures.Count(count.Value)} {count.Key.Kind}"));

    private static string Verdict(RunSummary s, string folderHint)
    {
        if (s.Converged)
        {
            return "Converged: R-hat < 1.01, bulk and tail ESS > 400 and more than 50 tau iterations for every parameter.";
        }

        var advice = s.Status == RunStatus.Completed
            ? $"extend it with: calibrate resume {s.Run} --iterations {(2L * s.Iterations).ToString(CultureInfo.InvariantCulture)}{folderHint}"
            : $"go on with: calibrate resume {s.Run}{folderHint}";
        return $"NOT CONVERGED (R-hat < 1.01, bulk and tail ESS > 400, more than 50 tau iterations are asked of every parameter); {advice}";
    }
}
