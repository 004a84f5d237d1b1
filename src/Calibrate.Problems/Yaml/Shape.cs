using System.Globalization;
using System.Text.Json.Nodes;

namespace Calibrate.Problems.Yaml;

/// <summary>
/// What a value of the problem file looks like. The reader checks files against shapes and the JSON Schema is written from
/// the same shapes, so the two cannot disagree.
/// </summary>
internal abstract class Shape
{
    /// <summary>What is expected, for messages: "a number of at least 1".</summary>
    public abstract string Expected { get; }

    /// <summary>Adds the mistakes of a value and everything in it.</summary>
    public abstract void Check(YamlNode node, string path, ShapeMistakes mistakes);

    /// <summary>The same in JSON Schema.</summary>
    public abstract JsonObject ToSchema();
}

/// <summary>Where shapes put their mistakes: they know the node, so the place is exact.</summary>
internal sealed class ShapeMistakes(Mistakes mistakes)
{
    public void Add(YamlNode node, string path, string expected, string? suggestion = null) =>
        Add(node.Mark, path, node.Describe(), expected, suggestion);

    public void Add(Mark mark, string path, string found, string expected, string? suggestion = null) => mistakes.AddAll(
    [
        new ProblemError(path, found, expected) { File = mark.File, Line = mark.Line, Column = mark.Column, Suggestion = suggestion },
    ]);
}

/// <summary>A single value that some test accepts.</summary>
internal abstract class ScalarShape : Shape
{
    public abstract bool Accepts(YamlScalar scalar);

    /// <summary>What the user probably meant, or null.</summary>
    public virtual string? Suggest(YamlScalar scalar) => null;

    public override void Check(YamlNode node, string path, ShapeMistakes mistakes)
    {
        if (node is not YamlScalar { IsNothing: false } scalar)
        {
            mistakes.Add(node, path, Expected);
        }
        else if (!Accepts(scalar))
        {
            mistakes.Add(node, path, Expected, Suggest(scalar));
        }
    }
}

/// <summary>A finite number, optionally bounded below.</summary>
internal sealed class NumberShape(double? least = null, bool isStrict = false, bool allowInfinity = false) : ScalarShape
{
    public override string Expected => least is { } bound
        ? string.Create(CultureInfo.InvariantCulture, $"a number {(isStrict ? "above" : "of at least")} {bound:R}")
        : allowInfinity ? "a number, inf or -inf" : "a number";

    public override bool Accepts(YamlScalar scalar) =>
        (allowInfinity ? Scalars.TryNumberOrInfinity(scalar, out double number) : Scalars.TryNumber(scalar, out number))
        && (least is not { } bound || (isStrict ? number > bound : number >= bound));

    public override JsonObject ToSchema()
    {
        JsonObject number = new() { ["type"] = "number" };
        if (least is { } bound)
        {
            number[isStrict ? "exclusiveMinimum" : "minimum"] = bound;
        }

        return allowInfinity
            ? new JsonObject { ["anyOf"] = new JsonArray(number, new JsonObject { ["enum"] = new JsonArray("inf", "-inf") }) }
            : number;
    }
}

/// <summary>A whole number, bounded below.</summary>
internal sealed class IntegerShape(long least, long most = int.MaxValue) : ScalarShape
{
    public override string Expected => most == int.MaxValue
        ? string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {least}")
        : string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    public override bool Accepts(YamlScalar scalar) =>
        Scalars.TryInteger(scalar, out long number) && number >= least && number <= most;

    public override JsonObject ToSchema()
    {
        JsonObject schema = new() { ["type"] = "integer" };
        if (least != long.MinValue)
        {
            schema["minimum"] = least;
        }

        return schema;
    }
}

/// <summary>True or false.</summary>
internal sealed class BooleanShape : ScalarShape
{
    public override string Expected => "true or false";

    public override bool Accepts(YamlScalar scalar) => Scalars.TryBoolean(scalar, out _);

    public override JsonObject ToSchema() => new() { ["type"] = "boolean" };
}

/// <summary>One of a few words.</summary>
internal sealed class ChoiceShape(params IReadOnlyList<string> choices) : ScalarShape
{
    public override string Expected => choices.Count == 1 ? $"'{choices[0]}'" : $"one of {string.Join(", ", choices)}";

    public override bool Accepts(YamlScalar scalar) => choices.Contains(scalar.Text, StringComparer.Ordinal);

    public override string? Suggest(YamlScalar scalar) => Suggestion.Nearest(scalar.Text, choices);

    public override JsonObject ToSchema() =>
        new() { ["enum"] = new JsonArray([.. choices.Select(c => (JsonNode)JsonValue.Create(c))]) };
}

/// <summary>A text of some kind that only a person or a later check can judge.</summary>
/// <param name="expected">What is expected, for messages.</param>
/// <param name="test">Whether a text will do; any will when null.</param>
/// <param name="orNumber">Whether a number may stand in its place, as in expressions.</param>
internal sealed class TextShape(string expected, Func<YamlScalar, bool>? test = null, bool orNumber = false) : ScalarShape
{
    public override string Expected => expected;

    public override bool Accepts(YamlScalar scalar) => test?.Invoke(scalar) ?? true;

    public override JsonObject ToSchema() =>
        new() { ["type"] = orNumber ? new JsonArray("string", "number") : "string" };
}
