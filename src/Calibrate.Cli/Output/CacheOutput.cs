using System.Globalization;
using System.Text;
using System.Text.Json;
using Calibrate.Journal.Sqlite;
using Spectre.Console;

namespace Calibrate.Cli.Output;

/// <summary>What the cache of evaluations holds, as a table or as JSON.</summary>
internal static class CacheOutput
{
    public static void WriteTable(Terminal terminal, EvaluationCacheFile cache, IReadOnlyList<CachedModel> models)
    {
        if (!cache.Exists)
        {
            terminal.Error.WriteLine($"There is no evaluation cache '{cache.Path}'. Runs of problems with `execution: {{ cache: true }}` make one.");
            return;
        }

        var total = models.Sum(model => model.Evaluations);
        terminal.Output.WriteLine($"{cache.Path}: {Figures.Count(total)} evaluations, {Figures.Megabytes(cache.Bytes)}");
        if (models.Count == 0)
        {
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumn("model fingerprint");
        table.AddColumn(new TableColumn("evaluations").RightAligned());
        table.AddColumn(new TableColumn("outcomes").RightAligned());
        table.AddColumn("last used");
        foreach (var model in models)
        {
            table.AddRow(
                model.Fingerprint,
                Figures.Count(model.Evaluations),
                Figures.Megabytes(model.Bytes),
                model.LastUsed.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture));
        }

        terminal.Tables.Write(table);
    }

    public static void WriteJson(TextWriter output, EvaluationCacheFile cache, IReadOnlyList<CachedModel> models)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("path", cache.Path);
            writer.WriteNumber("bytes", cache.Bytes);
            writer.WriteNumber("evaluations", models.Sum(model => model.Evaluations));
            writer.WriteStartArray("models");
            foreach (var model in models)
            {
                writer.WriteStartObject();
                writer.WriteString("fingerprint", model.Fingerprint);
                writer.WriteNumber("evaluations", model.Evaluations);
                writer.WriteNumber("bytes", model.Bytes);
                writer.WriteString("last_used", model.LastUsed);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.ToArray()));
    }
}
