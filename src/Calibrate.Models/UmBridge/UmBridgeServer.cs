using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Calibrate.Models.UmBridge;

/// <summary>One server at one address. The type that a server claims for its answers is not looked at: Python's says text/plain.</summary>
internal sealed class UmBridgeServer(HttpClient client, Uri address)
{
    /// <summary>Largest answer that is read: 16 million numbers, and more than any honest model has.</summary>
    public const int LargestAnswer = 256 << 20;

    private const int LongestQuote = 200;

    private readonly Uri evaluate = new(address, "Evaluate");

    public Uri Address { get; } = address;

    /// <summary>Requests that are under way. Guarded by the pool.</summary>
    public int InFlight { get; set; }

    /// <summary>When the server may be asked again after it did not answer. Guarded by the pool.</summary>
    public long RestsUntil { get; set; }

    /// <summary>Whether the server was seen to offer the contract of the pool. Guarded by the pool.</summary>
    public bool Verified { get; set; }

    /// <summary>Runs the model.</summary>
    /// <exception cref="UmBridgeException">There is no answer, or the answer is an error or of the wrong size.</exception>
    public void Evaluate(ReadOnlyMemory<byte> request, UmBridgeReply reply, UmBridgeContract contract, Span<double> values)
    {
        Send(HttpMethod.Post, evaluate, request, reply);
        if (new UmBridgeOutputs(reply.Body).Read(contract.OutputSizes, values) is { } mistake)
        {
            throw ErrorIn(reply) ?? Refused($"the answer of {Address} {mistake}: {Quote(reply)}");
        }
    }

    /// <summary>Asks for everything that must be known before the first evaluation.</summary>
    /// <exception cref="UmBridgeException">There is no answer, or the server does not offer such a model.</exception>
    public UmBridgeContract Describe(string? name, string config)
    {
        try
        {
            return Inquire(name, config);
        }
        catch (InvalidOperationException exception)
        {
            throw new UmBridgeException(UmBridgeFault.Misplaced, $"{Address} answers text that is no Unicode", exception);
        }
    }

    private UmBridgeContract Inquire(string? name, string config)
    {
        UmBridgeReply reply = new();
        string model = NameIn(Ask("Info", null, reply), name);
        byte[] about = UmBridgeRequest.About(model, config);
        JsonElement support = Member(Ask("ModelInfo", about, reply), "support", JsonValueKind.Object, "ModelInfo");
        if (!support.TryGetProperty("Evaluate", out JsonElement evaluates) || evaluates.ValueKind != JsonValueKind.True)
        {
            throw Refused($"model '{model}' at {Address} does not support Evaluate");
        }

        return new UmBridgeContract(
            model,
            SizesIn(Ask("InputSizes", about, reply), "inputSizes", "InputSizes"),
            SizesIn(Ask("OutputSizes", about, reply), "outputSizes", "OutputSizes"));
    }

    private string NameIn(JsonElement info, string? name)
    {
        JsonElement version = Member(info, "protocolVersion", JsonValueKind.Number, "Info");
        if (version.GetDouble() is not 1.0)
        {
            throw Refused($"{Address} speaks version {version.GetRawText()} of the UM-Bridge protocol, and this client version 1.0");
        }

        string[] models = [.. Member(info, "models", JsonValueKind.Array, "Info").EnumerateArray()
            .Where(m => m.ValueKind == JsonValueKind.String).Select(m => m.GetString() ?? "")];
        if (name is null)
        {
            return models is [string only] ? only : throw new UmBridgeModelNameException(Address, null, models);
        }

        return models.Contains(name, StringComparer.Ordinal) ? name : throw new UmBridgeModelNameException(Address, name, models);
    }

    private JsonElement Ask(string endpoint, byte[]? body, UmBridgeReply reply)
    {
        Send(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(Address, endpoint), body, reply);
        if (ErrorIn(reply) is { } error)
        {
            throw error;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(reply.Memory);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new UmBridgeException(UmBridgeFault.Misplaced, $"{Address}{endpoint} answers no JSON: {Quote(reply)}", exception);
        }
    }

    private JsonElement Member(JsonElement parent, string name, JsonValueKind kind, string endpoint) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement member) && member.ValueKind == kind
            ? member
            : throw new UmBridgeException(
                UmBridgeFault.Misplaced, $"{Address}{endpoint} answers without a {kind.ToString().ToLowerInvariant()} '{name}'");

    private int[] SizesIn(JsonElement answer, string name, string endpoint)
    {
        List<int> sizes = [];
        long total = 0;
        foreach (JsonElement size in Member(answer, name, JsonValueKind.Array, endpoint).EnumerateArray())
        {
            bool whole = size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out int length) && length >= 0;
            total += whole ? size.GetInt32() : 0;
            if (!whole || total > LargestAnswer / 16)
            {
                throw new UmBridgeException(UmBridgeFault.Misplaced, $"{Address}{endpoint} answers with the size {size.GetRawText()}");
            }

            sizes.Add(size.GetInt32());
        }

        return [.. sizes];
    }

    private void Send(HttpMethod method, Uri uri, ReadOnlyMemory<byte>? body, UmBridgeReply reply)
    {
        using HttpRequestMessage request = new(method, uri);
        if (body is { } bytes)
        {
            request.Content = new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        try
        {
            using HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseContentRead);
            using Stream content = response.Content.ReadAsStream();
            reply.Fill(content);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw ErrorIn(reply) ?? OfStatus(response, reply);
            }
        }
        catch (TaskCanceledException exception) when (exception.InnerException is TimeoutException)
        {
            throw new UmBridgeException(
                UmBridgeFault.Slow, FormattableString.Invariant($"{uri} took longer than {client.Timeout.TotalSeconds:0.###} s"), exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw OfTransport(uri, exception);
        }
    }

    private static UmBridgeException OfTransport(Uri uri, Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => Refused(
            $"the answer of {uri} is larger than {LargestAnswer >> 20} MiB"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } =>
            new UmBridgeException(UmBridgeFault.Unreachable, $"no connection to {uri.Authority} ({OneLine(exception.Message)})", exception),
        _ => new UmBridgeException(UmBridgeFault.Lost, $"{uri.Authority} broke off ({OneLine(exception.Message)})", exception),
    };

    private UmBridgeException OfStatus(HttpResponseMessage response, UmBridgeReply reply)
    {
        int status = (int)response.StatusCode;
        return status switch
        {
            >= 300 and < 400 => new UmBridgeException(
                UmBridgeFault.Misplaced,
                $"{Address} answers {status}, a redirect to {response.Headers.Location?.ToString() ?? "nowhere"}, which is not followed"),
            429 or 502 or 503 or 504 => new UmBridgeException(UmBridgeFault.Unreachable, $"{Address} answers {status}: {Quote(reply)}"),
            >= 500 => Refused($"{Address} answers {status}: {Quote(reply)}"),
            _ => new UmBridgeException(UmBridgeFault.Misplaced, $"{Address} answers {status}: {Quote(reply)}"),
        };
    }

    private static UmBridgeException? ErrorIn(UmBridgeReply reply)
    {
        if (reply.Body.IndexOf("\"error\""u8) < 0)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(reply.Memory);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("error", out JsonElement error)
                ? Refused($"{TextOf(error, "type") ?? "Error"}: {OneLine(TextOf(error, "message") ?? error.GetRawText())}")
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            return Refused($"Error: {Quote(reply)}");
        }
    }

    private static string? TextOf(JsonElement error, string name) =>
        error.ValueKind == JsonValueKind.Object && error.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;

    private static UmBridgeException Refused(string message) => new(UmBridgeFault.Refused, message);

    // The first line with something on it: the title of an error page, the last resort of a server without JSON.
    private static string Quote(UmBridgeReply reply)
    {
        string text = Encoding.UTF8.GetString(reply.Body[..Math.Min(reply.Body.Length, 4 * LongestQuote)]);
        string line = text.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0) ?? "nothing";
        return line.Length > LongestQuote ? line[..LongestQuote] + "..." : line;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
