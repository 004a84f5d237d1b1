using System.Text.Json;
using Calibrate.Problems;

namespace Calibrate.Serving;

/// <summary>Reads the bodies of requests, strictly: what is not understood is refused rather than left out.</summary>
internal static class ServedRequest
{
    private static readonly JsonDocumentOptions Shallow = new() { MaxDepth = 8 };

    /// <summary>The body as an object.</summary>
    public static JsonElement? Parse(ReadOnlySpan<byte> body, out ProtocolError? error)
    {
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = Shallow.MaxDepth });
            var root = JsonElement.ParseValue(ref reader);
            if (root.ValueKind == JsonValueKind.Object && !reader.Read())
            {
                error = null;
                return root;
            }
        }
        catch (JsonException)
        {
            // NaN and Infinity, which Python's json writes, end here as well: no parameter is either
        }

        error = ProtocolError.InvalidInput("the body is not a JSON object with finite numbers");
        return null;
    }

    /// <summary>The model that the request is for.</summary>
    public static ServedModel? Model(JsonElement request, IReadOnlyList<ServedModel> models, out ProtocolError? error)
    {
        string[] names = [.. models.Select(m => m.Name)];
        var name = request.TryGetProperty("name", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        if (models.FirstOrDefault(m => m.Name == name) is { } model)
        {
            error = null;
            return model;
        }

        var suggestion = name is null ? null : Suggestion.Nearest(name, names);
        error = name is null
            ? ProtocolError.InvalidInput("the request has no 'name'")
            : ProtocolError.ModelNotFound($"there is no model '{name}', but {string.Join(" and ", names)}{(suggestion is null ? "" : $"; did you mean '{suggestion}'?")}");
        return null;
    }

    /// <summary>Refuses a configuration that would be ignored.</summary>
    public static ProtocolError? CheckConfig(JsonElement request) =>
        request.TryGetProperty("config", out var config) && (config.ValueKind != JsonValueKind.Object || config.EnumerateObject().Any())
            ? ProtocolError.InvalidInput("'config' must be {}: the model has no settings but those of its problem file")
            : null;

    /// <summary>The input vector of an evaluation.</summary>
    public static double[]? Input(JsonElement request, ServedModel model, out ProtocolError? error)
    {
        error = null;
        if (!request.TryGetProperty("input", out var input) || input.ValueKind != JsonValueKind.Array || input.GetArrayLength() != 1
            || input[0].ValueKind != JsonValueKind.Array || input[0].GetArrayLength() != model.InputSize)
        {
            error = ProtocolError.InvalidInput($"'input' must be one vector of {model.InputSize} numbers: [[...]]");
            return null;
        }

        var point = new double[model.InputSize];
        foreach ((var i, var number) in input[0].EnumerateArray().Index())
        {
            if (number.ValueKind != JsonValueKind.Number || !number.TryGetDouble(out point[i]) || !double.IsFinite(point[i]))
            {
                error = ProtocolError.InvalidInput($"input[0][{i}] is not a finite number");
                return null;
            }
        }

        return point;
    }
}
