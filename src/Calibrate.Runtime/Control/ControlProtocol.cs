using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Control;

/// <summary>
/// Requests and replies as lines of JSON, the same on a socket and in a broker's messages; docs/formats/control.md specifies them. What cannot be read is
/// data, never an exception.
/// </summary>
public static class ControlProtocol
{
    /// <summary>The version that this build speaks.</summary>
    public const int Version = 1;

    /// <summary>The longest request, in bytes: the longest that makes sense has 130.</summary>
    public const int MostRequestBytes = 4096;

    /// <summary>The longest reply, in bytes: thousands of workers have room in it.</summary>
    public const int MostReplyBytes = 16 << 20;

    private const string VersionKey = "calibrate_control";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4 };

    /// <summary>A request as a line, its end included.</summary>
    /// <param name="run">The run it is for.</param>
    /// <param name="request">The request.</param>
    public static byte[] WriteRequest(RunId run, ControlRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber(VersionKey, Version);
            writer.WriteString("run", run.Name);
            writer.WriteString("request", WordOf(request));
            if (request is ControlRequest.Extend extend)
            {
                writer.WriteNumber("iterations", extend.Iterations);
            }

            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>Reads a request.</summary>
    /// <param name="line">The line, with or without its end.</param>
    /// <param name="run">The run it is for.</param>
    /// <param name="request">The request.</param>
    /// <param name="problem">What is wrong with the line, for whoever sent it.</param>
    public static bool TryReadRequest(
        ReadOnlyMemory<byte> line, out RunId run, [NotNullWhen(true)] out ControlRequest? request, [NotNullWhen(false)] out string? problem)
    {
        (run, request) = (default, null);
        if (line.Length > MostRequestBytes)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"The request is longer than {MostRequestBytes} bytes.");
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(line, Strict);
            problem = Read(document.RootElement, out run, out request);
        }
        catch (JsonException)
        {
            problem = "The request is no JSON object on one line.";
        }

        return problem is null && request is not null;
    }

    /// <summary>A reply as a line, its end included.</summary>
    /// <param name="reply">The reply.</param>
    public static byte[] WriteReply(ControlReply reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber(VersionKey, Version);
            writer.WritePropertyName("reply");
            JsonSerializer.Serialize(writer, reply, ControlJson.Default.ControlReply);
            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>Reads a reply.</summary>
    /// <param name="line">The line, with or without its end.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="problem">What is wrong with the line, for the user.</param>
    public static bool TryReadReply(
        ReadOnlyMemory<byte> line, [NotNullWhen(true)] out ControlReply? reply, [NotNullWhen(false)] out string? problem)
    {
        (reply, problem) = (null, null);
        try
        {
            using var document = JsonDocument.Parse(line);
            if (VersionProblem(document.RootElement, "reply") is { } version)
            {
                problem = version;
                return false;
            }

            reply = document.RootElement.TryGetProperty("reply", out var body) ? body.Deserialize(ControlJson.Default.ControlReply) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Told below.
        }

        problem = reply is null ? "The answer cannot be read." : null;
        return reply is not null;
    }

    private static string? Read(JsonElement root, out RunId run, out ControlRequest? request)
    {
        (run, request) = (default, null);
        if (VersionProblem(root, "request") is { } version)
        {
            return version;
        }

        if (!RunId.TryParse(Text(root, "run"), out run, out var name))
        {
            return name;
        }

        var word = Text(root, "request");
        switch (word)
        {
            case "status":
                request = new ControlRequest.Status();
                return null;
            case "pause":
                request = new ControlRequest.Pause();
                return null;
            case "resume":
                request = new ControlRequest.Resume();
                return null;
            case "stop":
                request = new ControlRequest.Stop();
                return null;
            case "extend" when root.TryGetProperty("iterations", out var value) && value.ValueKind == JsonValueKind.Number
                && value.TryGetInt32(out var iterations) && iterations > 0:
                request = new ControlRequest.Extend(iterations);
                return null;
            case "extend":
                return $"An extension needs \"iterations\", a whole number from 1 to {int.MaxValue.ToString(CultureInfo.InvariantCulture)}.";
            default:
                return "\"request\" must be one of status, pause, resume, extend, stop.";
        }
    }

    private static string? VersionProblem(JsonElement root, string what)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(VersionKey, out var version) || version.ValueKind != JsonValueKind.Number)
        {
            return $"The {what} is no JSON object with \"{VersionKey}\".";
        }

        return version.TryGetInt32(out var number) && number == Version
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"The {what} is of version {version.GetRawText()} of the control protocol; this side speaks version {Version}.");
    }

    private static string Text(JsonElement root, string key) =>
        root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && IsText(value, out var text) ? text : "";

    // A string may hold escapes that are no text at all, as half a surrogate pair.
    private static bool IsText(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString() ?? "";
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }

    private static string WordOf(ControlRequest request) => request switch
    {
        ControlRequest.Status => "status",
        ControlRequest.Pause => "pause",
        ControlRequest.Resume => "resume",
        ControlRequest.Extend => "extend",
        ControlRequest.Stop => "stop",
        _ => throw new ArgumentException($"The protocol has no word for {request.GetType().Name}.", nameof(request)),
    };
}
