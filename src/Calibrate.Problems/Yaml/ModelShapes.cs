using System.Text.Json.Nodes;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Yaml;

/// <summary>Any mapping: what is in it is checked once it is known what it must be.</summary>
internal sealed class AnyMappingShape(string expected) : Shape
{
    public override string Expected => expected;

    public override void Check(YamlNode node, string path, ShapeMistakes mistakes)
    {
        if (node is not YamlMapping)
        {
            mistakes.Add(node, path, Expected);
        }
    }

    public override JsonObject ToSchema() => new() { ["type"] = "object" };
}

/// <summary>A model with options, whose keys depend on the model's name.</summary>
internal sealed class ModelShape(IModelCatalog catalog, params IReadOnlyList<Key> keys) : Shape
{
    private readonly MappingShape mapping = new("a model", keys);

    public override string Expected => mapping.Expected;

    public override void Check(YamlNode node, string path, ShapeMistakes mistakes)
    {
        if (node is YamlMapping direct && DirectModels.Find(catalog, direct.Entries.Select(e => e.Key)) is { } found)
        {
            ShapeOf(found).Check(node, path, mistakes);
            return;
        }

        mapping.Check(node, path, mistakes);
        if (node is not YamlMapping model || model["name"] is not YamlScalar name || !catalog.TryGet(name.Text, out IModelDefinition? definition) || definition.IsDirect)
        {
            return;
        }

        Shape options = ShapeOf(definition);
        string optionsPath = MappingShape.Join(path, "options");
        if (model["options"] is { } given)
        {
            options.Check(given, optionsPath, mistakes);
        }
        else if (definition.Options.FirstOrDefault(o => o.Required) is { } required)
        {
            mistakes.Add(model.Mark, path, "no key 'options'", $"options with '{required.Name}': {required.Description}");
        }
    }

    public override JsonObject ToSchema()
    {
        JsonArray cases = [];
        foreach (string name in catalog.Names)
        {
            catalog.TryGet(name, out IModelDefinition? definition);
            if (definition!.IsDirect)
            {
                continue;
            }

            JsonObject options = ShapeOf(definition!).ToSchema();
            options.Insert(0, "description", definition!.Description);
            cases.Add(new JsonObject
            {
                ["if"] = new JsonObject { ["properties"] = new JsonObject { ["name"] = new JsonObject { ["const"] = name } } },
                ["then"] = new JsonObject { ["properties"] = new JsonObject { ["options"] = options } },
            });
        }

        JsonObject schema = mapping.ToSchema();
        if (cases.Count > 0)
        {
            schema["allOf"] = cases;
        }

        IModelDefinition[] direct = [.. DirectModels.In(catalog)];
        return direct.Length == 0 ? schema : new JsonObject { ["anyOf"] = new JsonArray([schema, .. direct.Select(SchemaOf)]) };
    }

    private static JsonNode SchemaOf(IModelDefinition direct)
    {
        JsonObject form = ShapeOf(direct).ToSchema();
        form.Insert(0, "description", direct.Description);
        return form;
    }

    private static MappingShape ShapeOf(IModelDefinition definition) => new($"options of {definition.Name}", Keys(definition.Options));

    private static Key[] Keys(IReadOnlyList<ModelOption> options) =>
        [.. options.Select(o => new Key(o.Name, ShapeOf(o), o.Description, o.Required))];

    private static Shape ShapeOf(ModelOption option) => option.Kind switch
    {
        OptionKind.Number => new TextShape("a number", s => Scalars.TryConstant(s, out _), orNumber: true),
        OptionKind.Integer => new IntegerShape(int.MinValue),
        OptionKind.Boolean => new BooleanShape(),
        OptionKind.Text => CommonShapes.Words,
        OptionKind.File => new TextShape("the path of a data file"),
        OptionKind.Choice => new ChoiceShape(option.Choices),
        OptionKind.NumberList => CommonShapes.Numbers,
        OptionKind.NumberMatrix => new ListShape(CommonShapes.Numbers, "rows of numbers"),
        OptionKind.FileList => new ListShape(new TextShape("the path of a file"), "a list of paths of files"),
        OptionKind.Duration => CommonShapes.Duration,
        OptionKind.Axes => AxesText.Shape,
        OptionKind.TextList => new ListShape(CommonShapes.Words, "a list of texts"),
        OptionKind.Mapping => new MappingShape(option.Name, Keys(option.Options)),
        OptionKind.TextMapping => new NamedShape(CommonShapes.Words, "a mapping of texts"),
        _ => throw new ArgumentOutOfRangeException(nameof(option), option.Kind, "unknown kind of option"),
    };
}
