using System.Globalization;
using System.Text.Json.Nodes;
using Calibrate.Problems.Yaml;

namespace Calibrate.Problems.Tests.Fakes;

/// <summary>Checks a YAML text against the part of JSON Schema (draft 2020-12) that the generated schema uses.</summary>
internal static class SchemaCheck
{
    public static List<string> Violations(JsonObject schema, string yaml)
    {
        Mistakes mistakes = new();
        YamlNode? root = YamlTreeReader.Read("f", yaml, mistakes);
        Assert.False(mistakes.Any);
        List<string> violations = [];
        Check(schema, ToJson(root!), "$", violations);
        return violations;
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMapping mapping => new JsonObject(mapping.Entries.Select(e => KeyValuePair.Create(e.Key, ToJson(e.Value)))),
        YamlSequence list => new JsonArray([.. list.Items.Select(ToJson)]),
        YamlScalar { IsNothing: true } => null,
        YamlScalar { IsPlain: true, Text: "true" or "false" } truth => JsonValue.Create(truth.Text == "true"),
        YamlScalar { IsPlain: true } scalar when double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) =>
            JsonValue.Create(number),
        YamlScalar scalar => JsonValue.Create(scalar.Text),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private static void Check(JsonObject schema, JsonNode? value, string path, List<string> violations)
    {
        if (schema["anyOf"] is JsonArray any && !any.Any(s => Fits(s!.AsObject(), value)))
        {
            violations.Add($"{path}: fits nothing");
        }

        if (schema["type"] is { } type && !(type is JsonArray several ? several.Any(t => IsOfType(value, (string)t!)) : IsOfType(value, (string)type!)))
        {
            violations.Add($"{path}: not of type {type}");
            return;
        }

        if (schema["enum"] is JsonArray values && !values.Any(v => JsonNode.DeepEquals(v, value)))
        {
            violations.Add($"{path}: not one of the values");
        }

        if (schema["const"] is { } constant && !JsonNode.DeepEquals(constant, value))
        {
            violations.Add($"{path}: not the value");
        }

        CheckNumber(schema, value, path, violations);
        CheckArray(schema, value, path, violations);
        CheckObject(schema, value, path, violations);
        foreach (JsonNode? part in schema["allOf"] as JsonArray ?? [])
        {
            if (part!["if"] is not JsonObject condition || Fits(condition, value))
            {
                Check(part["then"]!.AsObject(), value, path, violations);
            }
        }
    }

    private static bool Fits(JsonObject schema, JsonNode? value)
    {
        List<string> violations = [];
        Check(schema, value, "", violations);
        return violations.Count == 0;
    }

    private static bool IsOfType(JsonNode? value, string type) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value is JsonValue text && text.TryGetValue(out string? _),
        "boolean" => value is JsonValue truth && truth.TryGetValue(out bool _),
        "number" => value is JsonValue number && number.TryGetValue(out double _),
        "integer" => value is JsonValue whole && whole.TryGetValue(out double number) && number == Math.Floor(number),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a type this check knows"),
    };

    private static void CheckNumber(JsonObject schema, JsonNode? value, string path, List<string> violations)
    {
        if (value is JsonValue scalar && scalar.TryGetValue(out double number)
            && (number < ((double?)schema["minimum"] ?? number) || number <= ((double?)schema["exclusiveMinimum"] ?? double.NegativeInfinity)))
        {
            violations.Add($"{path}: too small");
        }
    }

    private static void CheckArray(JsonObject schema, JsonNode? value, string path, List<string> violations)
    {
        if (value is not JsonArray list)
        {
            return;
        }

        if (list.Count < ((int?)schema["minItems"] ?? 0) || list.Count > ((int?)schema["maxItems"] ?? int.MaxValue))
        {
            violations.Add($"{path}: wrong length");
        }

        for (int i = 0; schema["items"] is JsonObject items && i < list.Count; i++)
        {
            Check(items, list[i], $"{path}[{i}]", violations);
        }
    }

    private static void CheckObject(JsonObject schema, JsonNode? value, string path, List<string> violations)
    {
        if (value is not JsonObject mapping)
        {
            return;
        }

        foreach (JsonNode? required in (schema["required"] as JsonArray ?? []).Where(r => !mapping.ContainsKey((string)r!)))
        {
            violations.Add($"{path}: '{required}' is missing");
        }

        if (mapping.Count < ((int?)schema["minProperties"] ?? 0) || mapping.Count > ((int?)schema["maxProperties"] ?? int.MaxValue))
        {
            violations.Add($"{path}: wrong number of keys");
        }

        foreach ((string key, JsonNode? child) in mapping)
        {
            if (schema["properties"]?[key] is JsonObject known)
            {
                Check(known, child, $"{path}.{key}", violations);
            }
            else if (schema["additionalProperties"] is JsonObject others)
            {
                Check(others, child, $"{path}.{key}", violations);
            }
            else if (schema["additionalProperties"] is JsonValue)
            {
                violations.Add($"{path}: '{key}' is not allowed");
            }
        }
    }
}
