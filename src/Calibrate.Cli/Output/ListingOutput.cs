using System.Text;
using System.Text.Json;
using Calibrate.Runtime;
using Calibrate.Runtime.Reading;
using Spectre.Console;

namespace Calibrate.Cli.Output;

/// <summary>A list of runs as a table or as JSON.</summary>
internal static class ListingOutput
{
    public static void WriteTable(Terminal terminal, IReadOnlyList<RunListing> listings, string folder)
    {
        if (listings.Count == 0)
        {
            terminal.Error.WriteLine($"There is no run in {folder}. Start one with `calibrate run FILE`.");
            return;
        }

        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns("run", "problem", "status");
        table.AddColumn(new TableColumn("iterations").RightAligned());
        table.AddColumn(new TableColumn("time").RightAligned());
        table.AddColumns("started", "note");
        foreach (var listing in listings)
        {
            table.AddRow(new[]
            {
                listing.Run.Name,
                listing.Identity?.Problem ?? "-",
                Status(listing),
                $"{Figures.Count(Math.Max(0, listing.Iteration))} of {Figures.Count(listing.Iterations)}",
                Figures.Duration(TimeSpan.FromSeconds(listing.Seconds)),
                listing.Identity?.StartedAt.ToString("yyyy-MM-dd HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture) ?? "-",
                listing.Reason,
            }.Select(Markup.Escape).ToArray());
        }

        terminal.Tables.Write(table);
    }

    public static void WriteJson(TextWriter output, IReadOnlyList<RunListing> listings)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartArray();
            foreach (var listing in listings)
            {
                writer.WriteStartObject();
                writer.WriteString("run", listing.Run.Name);
                writer.WriteString("problem", listing.Identity?.Problem);
                writer.WriteString("status", Status(listing));
                writer.WriteNumber("iteration", Math.Max(0, listing.Iteration));
                writer.WriteNumber("iterations", listing.Iterations);
                writer.WriteNumber("seconds", listing.Seconds);
                writer.WriteString("reason", listing.Reason);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    private static string Status(RunListing listing) => listing.Status switch
    {
        RunStatus.Running => "running or killed",
        RunStatus.Paused => "paused",
        RunStatus.Completed => "completed",
        RunStatus.Failed => "failed",
        _ => "unreadable",
    };
}
