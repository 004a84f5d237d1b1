using System.Buffers;
using System.Text;
using System.Text.Json;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Processes;

/// <summary>What a program says about itself in its answer to the handshake.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Outputs">Its outputs in the order of their values; empty for a log density.</param>
/// <param name="IsLogDensity">Whether its results are values of a log density.</param>
/// <param name="Batch">Most points of one request.</param>
internal sealed record ModelReport(string Model, string Version, IReadOnlyList<OutputSignature> Outputs, bool IsLogDensity, int Batch)
{
    /// <summary>The line in which it said so.</summary>
    public string Line { get; init; } = "";
}

/// <summary>The first line in each direction (docs/formats/process-model.md).</summary>
internal static class ProcessHandshake
{
    private const int Protocol = 1;
    private const int LongestName = 200;
    private const int LongestError = 2000;

    /// <summary>The line that the program gets, with its break.</summary>
    public static ReadOnlySpan<byte> Question(ProcessProgram program)
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter writer = new(line))
        {
            writer.WriteStartObject();
            writer.WriteNumber("calibrate", Protocol);
            Write(writer, "parameters", program.Parameters);
            Write(writer, "outputs", program.Outputs.Select(output => output.Name));
            Write(writer, "encodings", ["json", "base64"]);
            writer.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenSpan;
    }

    /// <summary>Reads the program's answer.</summary>
    /// <exception cref="ProtocolBreachException">It is none.</exception>
    /// <exception cref="ModelRefusalException">The program says that it cannot work with these parameters or outputs.</exception>
    public static ModelReport Read(ReadOnlySpan<byte> line)
    {
        try
        {
            Utf8JsonReader reader = new(line);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement) with { Line = Encoding.UTF8.GetString(line) };
        }
        catch (JsonException exception)
        {
            throw new ProtocolBreachException($"a line that is no JSON ({exception.Message.ReplaceLineEndings(" ")})");
        }
        catch (InvalidOperationException)
        {
            throw new ProtocolBreachException("a handshake with text that is no Unicode");
        }
        catch (ArgumentException exception)
        {
            throw new ProtocolBreachException($"outputs that do not fit together ({exception.Message.ReplaceLineEndings(" ")})");
        }
    }

    private static ModelReport Read(JsonElement answer)
    {
        if (answer.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.String)
        {
            string message = (error.GetString() ?? "").ReplaceLineEndings(" ");
            throw new ModelRefusalException(message.Length > LongestError ? message[..LongestError] : message);
        }

        if (!answer.TryGetProperty("calibrate", out JsonElement version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out int number) || number != Protocol)
        {
            throw new ProtocolBreachException($"a handshake without \"calibrate\": {Protocol}");
        }

        bool isLogDensity = answer.TryGetProperty("log_density", out JsonElement density) && density.ValueKind == JsonValueKind.True;
        if (answer.TryGetProperty("encoding", out JsonElement encoding) && encoding.ValueKind != JsonValueKind.Null
            && (encoding.ValueKind != JsonValueKind.String || encoding.GetString() is not ("json" or "base64")))
        {
            throw new ProtocolBreachException("an encoding that is neither json nor base64");
        }

        return new ModelReport(
            Text(answer, "model"), Text(answer, "version"), isLogDensity ? [] : Outputs(answer), isLogDensity, Batch(answer));
    }

    private static string Text(JsonElement answer, string key)
    {
        string? text = answer.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is { Length: > 0 and <= LongestName }
            ? text.ReplaceLineEndings(" ")
            : throw new ProtocolBreachException($"a handshake without \"{key}\", a text of 1 to {LongestName} characters");
    }

    private static int Batch(JsonElement answer)
    {
        if (!answer.TryGetProperty("batch", out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return 1;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int batch) && batch >= 1
            ? batch
            : throw new ProtocolBreachException("a batch that is no whole number from 1 on");
    }

    private static IReadOnlyList<OutputSignature> Outputs(JsonElement answer)
    {
        if (!answer.TryGetProperty("outputs", out JsonElement outputs) || outputs.ValueKind != JsonValueKind.Array || outputs.GetArrayLength() == 0)
        {
            throw new ProtocolBreachException("a handshake without a list of \"outputs\" (or \"log_density\": true)");
        }

        OutputSignature[] read = [.. outputs.EnumerateArray().Select(Output)];
        return new ModelSignature([], read).Outputs;
    }

    private static OutputSignature Output(JsonElement output)
    {
        if (output.ValueKind != JsonValueKind.Object
            || !output.TryGetProperty("name", out JsonElement name) || name.ValueKind != JsonValueKind.String || name.GetString() is not { Length: > 0 } text)
        {
            throw new ProtocolBreachException("an output without a name");
        }

        string? unit = Optional(output, "unit");
        string? description = Optional(output, "description");
        if (!output.TryGetProperty("axis", out JsonElement axis) || axis.ValueKind == JsonValueKind.Null)
        {
            return new OutputSignature(text, unit, description);
        }

        return axis.ValueKind == JsonValueKind.Array && axis.EnumerateArray().All(place => place.ValueKind == JsonValueKind.Number)
            ? new OutputSignature(text, [.. axis.EnumerateArray().Select(place => place.GetDouble())], unit, description)
            : throw new ProtocolBreachException($"an axis of output '{text}' that is no list of numbers");
    }

    private static string? Optional(JsonElement output, string key) =>
        output.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void Write(Utf8JsonWriter writer, string key, IEnumerable<string> texts)
    {
        writer.WriteStartArray(key);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }
}
