using System.Text.Json.Nodes;

namespace Calibrate.Dashboard.Tests.Support;

/// <summary>The embedded OpenAPI document, and a strict reading of the few parts of JSON Schema that it uses.</summary>
internal sealed class OpenApiDocument
{
    private static readonly string[] Verbs = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];

    private readonly JsonNode root;

    public OpenApiDocument()
    {
        using var stream = typeof(DashboardServer).Assembly.GetManifestResourceStream("openapi.json")!;
        root = JsonNode.Parse(stream)!;
    }

    /// <summary>Path templates and upper-case verbs.</summary>
    public IEnumerable<(string Path, string Verb)> Operations =>
        from path in root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Verbs.Contains(operation.Key)
        select (path.Key, operation.Key.ToUpperInvariant());

    /// <summary>A path of a template, with names that exist.</summary>
    public static string Example(string template) => template
        .Replace("{run}", "demo", StringComparison.Ordinal).Replace("{file}", "style.css", StringComparison.Ordinal).Replace("{name}", "text", StringComparison.Ordinal);

    /// <summary>Whether an answer is documented: its status, and every property of its JSON.</summary>
    public IEnumerable<string> Complaints(string path, string verb, int status, JsonNode? body, string? contentType)
    {
        var response = root["paths"]![path]![verb.ToLowerInvariant()]!["responses"]![$"{status}"];
        if (response is null)
        {
            return [$"{verb} {path}: status {status} is not documented"];
        }

        var schema = response["content"]?[contentType ?? ""]?["schema"];
        return body is null ? []
            : schema is null ? [$"{verb} {path} {status}: {contentType} is not documented"]
            : Complaints(body, schema, $"{verb} {path} {status}: $");
    }

    private IEnumerable<string> Complaints(JsonNode? value, JsonNode schema, string place)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Complaints(value, root["components"]!["schemas"]![reference.Split('/')[^1]]!, place);
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            return choices.Any(choice => !Complaints(value, choice!, place).Any()) ? [] : [$"{place} is none of the choices"];
        }

        if (schema["enum"] is JsonArray allowed)
        {
            return allowed.Any(choice => JsonNode.DeepEquals(choice, value)) ? [] : [$"{place} is {value?.ToJsonString()}"];
        }

        var types = schema["type"] is JsonArray several ? several.Select(type => (string)type!).ToArray() : [(string)schema["type"]!];
        return !types.Any(type => IsOf(value, type)) ? [$"{place} is {value?.ToJsonString() ?? "null"}, not {string.Join(" or ", types)}"]
            : value is JsonArray items ? items.SelectMany((item, i) => Complaints(item, schema["items"]!, $"{place}[{i}]"))
            : value is JsonObject members && schema["properties"] is JsonObject properties ? MemberComplaints(members, properties, place)
            : [];
    }

    private IEnumerable<string> MemberComplaints(JsonObject members, JsonObject properties, string place) =>
        members.Select(member => member.Key).Except(properties.Select(property => property.Key)).Select(name => $"{place}.{name} is not documented")
            .Concat(properties.SelectMany(property => members.ContainsKey(property.Key)
                ? Complaints(members[property.Key], property.Value!, $"{place}.{property.Key}")
                : [$"{place}.{property.Key} is missing"]));

    private static bool IsOf(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == System.Text.Json.JsonValueKind.String,
        "number" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number,
        "integer" => value?.GetValueKind() == System.Text.Json.JsonValueKind.Number && !value.ToJsonString().AsSpan().ContainsAny(".eE"),
        "boolean" => value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
        _ => false,
    };
}
