using System.Text.Json.Nodes;

namespace Calibrate.Problems.Yaml;

/// <summary>A list whose items have one shape.</summary>
internal sealed class ListShape(Shape item, string expected, int least = 1, int most = int.MaxValue) : Shape
{
    public override string Expected => expected;

    public override void Check(YamlNode node, string path, ShapeMistakes mistakes)
    {
        if (node is not YamlSequence list)
        {
            mistakes.Add(node, path, Expected);
            return;
        }

        if (list.Items.Count < least || list.Items.Count > most)
        {
            mistakes.Add(node.Mark, path, $"a list of {list.Items.Count}", Expected);
            return;
        }

        for (int i = 0; i < list.Items.Count; i++)
        {
            item.Check(list.Items[i], $"{path}[{i}]", mistakes);
        }
    }

    public override JsonObject ToSchema()
    {
        JsonObject schema = new() { ["type"] = "array", ["items"] = item.ToSchema(), ["minItems"] = least };
        if (most != int.MaxValue)
        {
            schema["maxItems"] = most;
        }

        return schema;
    }
}

/// <summary>One key of a mapping.</summary>
/// <param name="Name">The key.</param>
/// <param name="Shape">What its value looks like.</param>
/// <param name="Description">One sentence, shown by editors.</param>
/// <param name="IsRequired">Whether it must be there.</param>
internal sealed record Key(string Name, Shape Shape, string Description, bool IsRequired = false);

/// <summary>A mapping with known keys.</summary>
internal sealed class MappingShape(string what, params IReadOnlyList<Key> keys) : Shape
{
    public IReadOnlyList<Key> Keys => keys;

    public override string Expected => $"a mapping ({what}) with {string.Join(", ", keys.Select(k => k.Name))}";

    public override void Check(YamlNode node, string path, ShapeMistakes mistakes)
    {
        if (node is not YamlMapping mapping)
        {
            mistakes.Add(node, path, Expected);
            return;
        }

        foreach (YamlEntry entry in mapping.Entries)
        {
            string entryPath = Join(path, entry.Key);
            if (keys.FirstOrDefault(k => k.Name == entry.Key) is { } key)
            {
                key.Shape.Check(entry.Value, entryPath, mistakes);
                continue;
            }

            IEnumerable<string> free = keys.Select(k => k.Name).Where(n => mapping[n] is null);
            mistakes.Add(
                entry.KeyMark,
                entryPath,
                $"the unknown key '{entry.Key}'",
                $"one of {string.Join(", ", keys.Select(k => k.Name))}",
                Suggestion.Nearest(entry.Key, free));
        }

        foreach (Key missing in keys.Where(k => k.IsRequired && mapping[k.Name] is null))
        {
            // a misspelt key was reported already, with what it should have been
            if (!mapping.Entries.Exists(e => !keys.Any(k => k.Name == e.Key) && Suggestion.Nearest(e.Key, [missing.Name]) is not null))
            {
                mistakes.Add(mapping.Mark, path, $"no key '{missing.Name}'", $"'{missing.Name}': {missing.Shape.Expected}");
            }
        }
    }

    public override JsonObject ToSchema()
    {
        JsonObject properties = [];
        foreach (Key key in keys)
        {
            JsonObject schema = key.Shape.ToSchema();
            schema.Insert(0, "description", key.Description);
            properties[key.Name] = schema;
        }

        JsonObject result = new() { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (keys.Any(k => k.IsRequired))
        {
            result["required"] = new JsonArray([.. keys.Where(k => k.IsRequired).Select(k => (JsonNode)JsonValue.Create(k.Name))]);
        }

        return result;
    }

    public static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}

/// <summary>A mapping whose keys the user chooses, such as parameter names; all values have one shape.</summary>
internal sealed class NamedShape(Shape value, string expected) : Shape
{
    public override string Expected => expected;

    public override void Check(YamlNode node, string path, ShapeMistakes mistakes)
    {
        if (node is not YamlMapping mapping)
        {
            mistakes.Add(node, path, Expected);
            return;
        }

        foreach (YamlEntry entry in mapping.Entries)
        {
            value.Check(entry.Value, MappingShape.Join(path, entry.Key), mistakes);
        }
    }

    public override JsonObject ToSchema() => new() { ["type"] = "object", ["additionalProperties"] = value.ToSchema() };
}

/// <summary>One of several shapes, told apart by the kind of node: at most one scalar, one list and one mapping.</summary>
internal sealed class OneOfShape(params IReadOnlyList<Shape> shapes) : Shape
{
    public override string Expected => string.Join(", or ", shapes.Select(s => s.Expected));

    public override void Check(YamlNode node, string path, ShapeMistakes mistakes)
    {
        Shape? fitting = shapes.FirstOrDefault(s => s switch
        {
            ScalarShape => node is YamlScalar { IsNothing: false },
            ListShape => node is YamlSequence,
            _ => node is YamlMapping,
        });
        if (fitting is null)
        {
            mistakes.Add(node, path, Expected);
        }
        else if (fitting is ScalarShape scalar)
        {
            // a wrong scalar may have been meant as any of the shapes
            if (!scalar.Accepts((YamlScalar)node))
            {
                mistakes.Add(node, path, Expected, scalar.Suggest((YamlScalar)node));
            }
        }
        else
        {
            fitting.Check(node, path, mistakes);
        }
    }

    public override JsonObject ToSchema() =>
        new() { ["anyOf"] = new JsonArray([.. shapes.Select(s => (JsonNode)s.ToSchema())]) };
}

/// <summary>A mapping of exactly one key out of several, such as <c>{ ball: { ... } }</c>.</summary>
internal sealed class VariantShape(string what, params IReadOnlyList<Key> variants) : Shape
{
    public override string Expected => $"{what} ({string.Join(" or ", variants.Select(v => v.Name))})";

    public override void Check(YamlNode node, string path, ShapeMistakes mistakes)
    {
        if (node is not YamlMapping mapping)
        {
            mistakes.Add(node, path, Expected);
            return;
        }

        if (mapping.Entries.Count != 1)
        {
            mistakes.Add(node.Mark, path, $"{mapping.Entries.Count} keys", $"exactly one of {string.Join(", ", variants.Select(v => v.Name))}");
            return;
        }

        YamlEntry entry = mapping.Entries[0];
        string entryPath = MappingShape.Join(path, entry.Key);
        if (variants.FirstOrDefault(v => v.Name == entry.Key) is { } variant)
        {
            variant.Shape.Check(entry.Value, entryPath, mistakes);
        }
        else
        {
            string[] names = [.. variants.Select(v => v.Name)];
            mistakes.Add(entry.KeyMark, entryPath, $"'{entry.Key}'", $"one of {string.Join(", ", names)}", Suggestion.Nearest(entry.Key, names));
        }
    }

    public override JsonObject ToSchema()
    {
        JsonObject properties = [];
        foreach (Key variant in variants)
        {
            JsonObject schema = variant.Shape.ToSchema();
            schema.Insert(0, "description", variant.Description);
            properties[variant.Name] = schema;
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
            ["minProperties"] = 1,
            ["maxProperties"] = 1,
        };
    }
}
