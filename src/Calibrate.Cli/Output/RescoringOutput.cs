using System.Globalization;
using System.Text;
using System.Text.Json;
using Calibrate.Problems;
using Calibrate.Runtime.Reading;
using Spectre.Console;

namespace Calibrate.Cli.Output;

/// <summary>A rescored run as a table with a verdict in words, or as a JSON object.</summary>
internal static class RescoringOutput
{
    // Below, quantiles are not yet to be trusted; the same line that convergence is judged by.
    private const double EssLimit = 400;

    private static readonly JsonWriterOptions Options = new() { Indented = true };

    private static readonly (string Title, Func<RescoredQuantity, double> Before, Func<RescoredQuantity, double> After)[] Columns =
    [
        ("mean", q => q.Before.Mean, q => q.Mean),
        ("sd", q => q.Before.Sd, q => q.Sd),
        ("5 %", q => q.Before.Q05, q => q.Q05),
        ("median", q => q.Before.Median, q => q.Median),
        ("95 %", q => q.Before.Q95, q => q.Q95),
    ];

    public static void WriteTable(Terminal terminal, RescoredRun rescored, Problem before, string file)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("");
        table.AddColumn("unit");
        foreach (var (title, _, _) in Columns)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
            table.AddColumn(new TableColumn("now").RightAligned());
        }

        table.AddColumn(new TableColumn("mcse").RightAligned());
        foreach (var quantity in rescored.Quantities)
        {
            table.AddRow(
            [
                Markup.Escape(quantity.Name),
                Markup.Escape(Units.Of(before, quantity.Name)),
                .. Columns.SelectMany(column => new[] { Figures.Significant(column.Before(quantity)), Figures.Significant(column.After(quantity)) }),
                Figures.Significant(quantity.McseMean, 2),
            ]);
        }

        terminal.Tables.Write(table);
        foreach (var line in Lines(rescored, file))
        {
            terminal.Output.WriteLine(line);
        }
    }

    public static void WriteJson(TextWriter output, RescoredRun rescored)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            var smoothing = rescored.Smoothing;
            writer.WriteStartObject();
            writer.WriteString("run", rescored.Run);
            writer.WriteString("problem", rescored.Problem);
            writer.WriteNumber("draws", rescored.Draws);
            writer.WriteNumber("impossible", rescored.Impossible);
            writer.WriteNumber("failures", rescored.Failures);
            writer.WriteBoolean("unchanged", rescored.Unchanged);
            writer.WriteBoolean("reliable", smoothing.IsReliable);
            DiagnosticsJson.WriteNumber(writer, "pareto_k", smoothing.ParetoShape);
            DiagnosticsJson.WriteNumber(writer, "pareto_k_threshold", smoothing.Threshold);
            DiagnosticsJson.WriteNumber(writer, "relative_efficiency", smoothing.RelativeEfficiency);
            DiagnosticsJson.WriteNumber(writer, "ess", smoothing.DependentEffectiveSampleSize);
            DiagnosticsJson.WriteNumber(writer, "ess_weights", smoothing.EffectiveSampleSize);
            writer.WriteStartObject("parameters");
            foreach (var quantity in rescored.Quantities)
            {
                WriteQuantity(writer, quantity);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static void WriteQuantity(Utf8JsonWriter writer, RescoredQuantity quantity)
    {
        writer.WriteStartObject(quantity.Name);
        WriteNumbers("before", quantity.Before.Mean, quantity.Before.McseMean, quantity.Before.Sd, quantity.Before.Q05, quantity.Before.Median, quantity.Before.Q95);
        WriteNumbers("after", quantity.Mean, quantity.McseMean, quantity.Sd, quantity.Q05, quantity.Median, quantity.Q95);
        writer.WriteEndObject();

        void WriteNumbers(string when, double mean, double mcse, double sd, double q05, double median, double q95)
        {
            writer.WriteStartObject(when);
            DiagnosticsJson.WriteNumber(writer, "mean", mean);
            DiagnosticsJson.WriteNumber(writer, "mcse_mean", mcse);
            DiagnosticsJson.WriteNumber(writer, "sd", sd);
            DiagnosticsJson.WriteNumber(writer, "q05", q05);
            DiagnosticsJson.WriteNumber(writer, "median", median);
            DiagnosticsJson.WriteNumber(writer, "q95", q95);
            writer.WriteEndObject();
        }
    }

    private static IEnumerable<string> Lines(RescoredRun r, string file)
    {
        var smoothing = r.Smoothing;
        yield return $"{Figures.Count(r.Draws)} draws of run '{r.Run}' after its warm-up, scored under '{r.Problem}' without running the model.";
        if (r.Impossible > 0)
        {
            var failed = r.Failures > 0 ? $"; the likelihood of {Figures.Count(r.Failures)} could not be computed, first: {r.FirstFailure}" : "";
            yield return $"{Figures.Count(r.Impossible)} draws are impossible under it and weigh nothing{failed}.";
        }

        if (r.Unchanged)
        {
            yield return "The posterior is the same: every draw weighs exactly as much as before.";
            yield break;
        }

        var shape = double.IsFinite(smoothing.ParetoShape) ? smoothing.ParetoShape.ToString("F2", CultureInfo.InvariantCulture) : "unknown";
        var threshold = smoothing.Threshold.ToString("F2", CultureInfo.InvariantCulture);
        yield return $"Effective sample size {Figures.Count(smoothing.DependentEffectiveSampleSize)}, Pareto k {shape} (reliable up to {threshold}).";
        if (!smoothing.IsReliable)
        {
            yield return $"NOT RELIABLE: the new posterior reaches where the run has too few draws. Sample it: calibrate run {file} --name {r.Run}-rescored";
        }
        else if (smoothing.DependentEffectiveSampleSize < EssLimit)
        {
            yield return $"Means are as good as their mcse says, but fewer than {EssLimit} effective draws are few for quantiles: extend the run, or sample the new problem with calibrate run {file} --name {r.Run}-rescored";
        }
        else
        {
            yield return "Reliable: the re-weighted draws stand for the new posterior.";
        }
    }
}
