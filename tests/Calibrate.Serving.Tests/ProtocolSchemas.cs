using System.Text.Json;

namespace Calibrate.Serving.Tests;

/// <summary>Checks answers against the JSON Schemas of the protocol: the few keywords that they use, and none unknown.</summary>
internal static class ProtocolSchemas
{
    private static readonly JsonElement All = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "umbridge-1.0.schemas.json"))).RootElement;

    public static void Check(string schema, string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        Assert.Equal([], Violations(All.GetProperty(schema), document.RootElement, "$"));
    }

    public static IEnumerable<string> Violations(JsonElement schema, JsonElement value, string path) => schema.EnumerateObject().SelectMany(rule => rule.Name switch
    {
        "type" => HasType(value, rule.Value.GetString()!) ? [] : [$"{path} is no {rule.Value}"],
        "enum" => rule.Value.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)) ? [] : [$"{path} is {value}"],
        "required" => rule.Value.EnumerateArray().Where(n => !value.TryGetProperty(n.GetString()!, out _)).Select(n => $"{path} lacks {n}"),
        "properties" => rule.Value.EnumerateObject().SelectMany(p =>
            value.TryGetProperty(p.Name, out JsonElement member) ? Violations(p.Value, member, $"{path}.{p.Name}") : []),
        "additionalProperties" => value.EnumerateObject().Where(p => !schema.GetProperty("properties").TryGetProperty(p.Name, out _))
            .Select(p => $"{path} has {p.Name}"),
        "minItems" => value.GetArrayLength() >= rule.Value.GetInt32() ? [] : [$"{path} is too short"],
        "items" => value.EnumerateArray().SelectMany((item, i) => Violations(rule.Value, item, $"{path}[{i}]")),
        _ => throw new ArgumentException($"unknown keyword {rule.Name}", nameof(schema)),
    });

    private static bool HasType(JsonElement value, string type) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind.ToString().Equals(type, StringComparison.OrdinalIgnoreCase),
    };
}
