using Calibrate.Problems.Building;
using Calibrate.Problems.Models;

namespace Calibrate.Problems.Yaml;

/// <summary>The keys of a problem file: the one table that the reader, the JSON Schema and the messages come from.</summary>
internal static class ProblemShapes
{
    /// <summary>The whole file.</summary>
    /// <param name="catalog">The models a file can name.</param>
    public static MappingShape Root(IModelCatalog catalog) => new(
        "a problem",
        new Key("name", new TextShape("a name of letters, digits, '-' and '_', at most 64", IsName), "Name of the problem; the file's stem when left out."),
        new Key("description", CommonShapes.Words, "What the problem is about, for people."),
        new Key("model", Model(catalog), "The model whose parameters are sought.", IsRequired: true),
        new Key("parameters", new NamedShape(Parameter, "a mapping from parameter names to priors, values or ties"), "Parameters by name. A key such as x* stands for every parameter of the model that begins with x and is not named.", IsRequired: true),
        new Key("targets", new NamedShape(TargetShapes.Target, "a mapping from target names to targets"), "Observations the model is compared with, by a name of your choice."),
        new Key("derived", new NamedShape(Derived, "a mapping from names to expressions"), "Quantities computed from the parameters and recorded outputs of a draw, reported like parameters."),
        new Key("record", Record, "Model outputs kept per draw: a list of output, output@time or output@from..to; outputs for all of them."),
        new Key("method", MethodShapes.Method, "How the problem is solved."),
        new Key("execution", MethodShapes.Execution, "How the work is carried out; nothing here changes the result."));

    private static Shape Parameter => new OneOfShape(new TextShape("a number to fix it at, a prior such as uniform(0.3, 3)", orNumber: true), new MappingShape(
        "a parameter",
        new Key("prior", Prior, "Prior distribution: uniform(0.3, 3), normal(8, 1.5), flat, ..., or { normal: { mean: 8, sd: 1.5 } }."),
        new Key("bounds", CommonShapes.Pair, "Where the parameter may be. Truncates the prior, which stays normalised."),
        new Key("transform", new ChoiceShape("none", "log", "logit"), "How it is sampled: log for positive scales, logit between two bounds."),
        new Key("value", new TextShape("a number", s => Scalars.TryConstant(s, out _), orNumber: true), "Fixes the parameter at a number."),
        new Key("tie", CommonShapes.Formula, "Computes the parameter from others, for example 2 * lambda0."),
        new Key("unit", CommonShapes.Words, "Unit, for tables and figures."),
        new Key("label", CommonShapes.Words, "What to call it in tables and figures.")));

    private static Shape Prior => new OneOfShape(
        new TextShape("a distribution such as uniform(0.3, 3)"), new AnyMappingShape("{ normal: { mean: 8, sd: 1.5 } }"));

    private static Shape Derived => new OneOfShape(
        CommonShapes.Formula,
        new MappingShape(
            "a derived quantity",
            new Key("expression", CommonShapes.Formula, "Expression of parameters and recorded outputs.", IsRequired: true),
            new Key("unit", CommonShapes.Words, "Unit, for tables and figures."),
            new Key("label", CommonShapes.Words, "What to call it in tables and figures.")));

    private static Shape Record => new OneOfShape(new ChoiceShape(RecordedOutputs.Everything), new ListShape(
        new OneOfShape(
            new TextShape("an output such as surface_temperature@2019, or outputs for all of them"),
            new MappingShape(
                "a recorded output",
                new Key("output", CommonShapes.Words, "output, output@time or output@from..to.", IsRequired: true),
                new Key("name", CommonShapes.Words, "What to call it, so that derived quantities can use it."))),
        "a list of outputs"));

    /// <summary>Whether a text names a problem.</summary>
    private static bool IsName(YamlScalar scalar) =>
        scalar.Text.Length is > 0 and <= 64 && scalar.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static Shape Model(IModelCatalog catalog)
    {
        HashSet<string> direct = new(DirectModels.In(catalog).Select(d => d.Name), StringComparer.Ordinal);
        ChoiceShape name = new([.. catalog.Names.Where(n => !direct.Contains(n))]);
        return new OneOfShape(
            name,
            new ModelShape(
                catalog,
                new Key("name", name, "Name of the model.", IsRequired: true),
                new Key("options", new AnyMappingShape("the model's options"), "Options of the model.")));
    }
}
