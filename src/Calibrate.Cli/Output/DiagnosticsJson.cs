using System.Text;
using System.Text.Json;
using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Cli.Output;

/// <summary>Diagnostics as a JSON object by parameter; a number that does not exist is <c>null</c>.</summary>
internal static class DiagnosticsJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true };

    public static void Write(TextWriter output, IEnumerable<KeyValuePair<string, ParameterDiagnostics>> parameters)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            foreach (var (name, diagnostics) in parameters)
            {
                writer.WriteStartObject(name);
                foreach (var (key, value) in Fields(diagnostics))
                {
                    WriteNumber(writer, key, value);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }

    public static void WriteNumber(Utf8JsonWriter writer, string key, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumber(key, value);
        }
        else
        {
            writer.WriteNull(key);
        }
    }

    private static IEnumerable<(string Key, double Value)> Fields(ParameterDiagnostics d) =>
    [
        ("rhat", d.Rhat),
        ("ess_bulk", d.EssBulk),
        ("ess_tail", d.EssTail),
        ("mcse_mean", d.McseMean),
        ("mcse_sd", d.McseSd),
        ("mean", d.Mean),
        ("sd", d.Sd),
        ("q05", d.Q05),
        ("median", d.Median),
        ("q95", d.Q95),
    ];
}
