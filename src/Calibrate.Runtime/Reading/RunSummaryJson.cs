using System.Text.Json;

namespace Calibrate.Runtime.Reading;

/// <summary>A summary as JSON, with the names and the order that the command line documents. Numbers that are not finite become null.</summary>
public static class RunSummaryJson
{
    /// <summary>Writes the object.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="writer">Receives the object.</param>
    public static void Write(RunSummary summary, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteString("run", summary.Run);
        writer.WriteString("problem", summary.Problem);
        writer.WriteString("engine", summary.Engine);
        writer.WriteNumber("seed", summary.Seed);
        writer.WriteNumber("ensembles", summary.Ensembles);
        writer.WriteNumber("walkers", summary.Walkers);
        writer.WriteNumber("dimension", summary.Dimension);
        writer.WriteNumber("iterations", summary.Iterations);
        writer.WriteNumber("walker_steps", summary.WalkerSteps);
        writer.WriteNumber("evaluations", summary.Evaluations);
        writer.WriteStartObject("failures");
        foreach (var (kind, count) in summary.Failures)
        {
            writer.WriteNumber(kind, count);
        }

        writer.WriteEndObject();
        WriteTroubles(writer, summary);
        WriteNumber(writer, "seconds", summary.Seconds);
        WriteNumber(writer, "acceptance", summary.Acceptance);
        writer.WriteString("chain_hash", summary.ChainHash);
        writer.WriteBoolean("converged", summary.Converged);
        writer.WriteStartObject("parameters");
        foreach (var (name, diagnostics) in summary.Parameters)
        {
            writer.WriteStartObject(name);
            WriteNumber(writer, "mean", diagnostics.Mean);
            WriteNumber(writer, "sd", diagnostics.Sd);
            WriteNumber(writer, "q05", diagnostics.Q05);
            WriteNumber(writer, "median", diagnostics.Median);
            WriteNumber(writer, "q95", diagnostics.Q95);
            WriteNumber(writer, "mcse_mean", diagnostics.McseMean);
            WriteNumber(writer, "rhat", diagnostics.Rhat);
            WriteNumber(writer, "ess_bulk", diagnostics.EssBulk);
            WriteNumber(writer, "ess_tail", diagnostics.EssTail);
            WriteNumber(writer, "tau", diagnostics.Tau);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>The object as text.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="indented">Whether to spread it over lines.</param>
    public static string ToText(RunSummary summary, bool indented = false)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = indented }))
        {
            Write(summary, writer);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteTroubles(Utf8JsonWriter writer, RunSummary summary)
    {
        writer.WriteStartObject("verdicts");
        foreach (var kind in summary.Verdicts.Counts.Keys.Select(key => key.Kind).Distinct())
        {
            writer.WriteStartObject(kind.ToString());
            writer.WriteNumber("rejected", summary.Verdicts.Counts.GetValueOrDefault((kind, true)));
            writer.WriteNumber("paused", summary.Verdicts.Counts.GetValueOrDefault((kind, false)));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartObject("refusals");
        writer.WriteNumber("count", summary.Workers.RefusalCount);
        writer.WriteStartArray("last");
        foreach (var refusal in summary.Workers.Refusals)
        {
            writer.WriteStartObject();
            writer.WriteString("worker", refusal.Worker.Name);
            writer.WriteString("reason", refusal.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteNumber("disagreements", summary.Disagreements);
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
