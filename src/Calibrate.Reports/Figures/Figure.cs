using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Calibrate.Reports.Figures;

/// <summary>
/// A figure in the words of plotly: traces and a layout, which plotly.js draws and Python's <c>plotly.io.read_json</c> opens. It uses only trace
/// types of plotly's cartesian bundle.
/// </summary>
/// <param name="Name">Its name, one of <see cref="FigureNames"/>: also the stem of its file.</param>
/// <param name="Title">What it shows.</param>
/// <param name="Caption">What to look for, and how draws were thinned: plain text, one or more sentences.</param>
/// <param name="Data">Traces.</param>
/// <param name="Layout">Axes and everything around the traces, in the colours of <see cref="Palette"/>.</param>
public sealed record Figure(string Name, string Title, string Caption, JsonArray Data, JsonObject Layout)
{
    // Readers of JSON need no escapes beyond those of JSON; whoever puts the text into HTML must escape '<' (ReportPage does).
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The figure as <c>{"data":[...],"layout":{...}}</c>.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact))
        {
            Write(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Writes the figure as <c>{"data":[...],"layout":{...}}</c>.</summary>
    /// <param name="writer">Receives the object.</param>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WritePropertyName("data");
        Data.WriteTo(writer);
        writer.WritePropertyName("layout");
        Layout.WriteTo(writer);
        writer.WriteEndObject();
    }
}
