using Calibrate.Problems.Expressions;

namespace Calibrate.Problems.Models;

/// <summary>
/// The values of a model's options. Made by the reader of problem files after it checked them, or in C# with
/// <c>new ModelOptions(new Dictionary&lt;string, object&gt; { ["dimension"] = 5 })</c>.
/// </summary>
/// <remarks>
/// Values are <see cref="double"/> (or <see cref="int"/>), <see cref="bool"/>, <see cref="string"/>, <c>double[]</c>,
/// <c>double[][]</c>, <c>string[]</c>, <c>IReadOnlyDictionary&lt;string, string&gt;</c> or <see cref="ModelOptions"/>.
/// </remarks>
public sealed class ModelOptions
{
    private readonly Dictionary<string, object> values;
    private readonly string path;

    /// <summary>Creates options from values.</summary>
    /// <param name="values">The values by name.</param>
    /// <param name="path">Where they stand in the problem file, for messages.</param>
    public ModelOptions(IReadOnlyDictionary<string, object> values, string path = "model.options")
    {
        ArgumentNullException.ThrowIfNull(values);
        this.values = new Dictionary<string, object>(values, StringComparer.Ordinal);
        this.path = path;
    }

    /// <summary>No options at all.</summary>
    public static ModelOptions None { get; } = new(new Dictionary<string, object>(StringComparer.Ordinal));

    /// <summary>The names of the options that were given.</summary>
    public IReadOnlyCollection<string> Names => values.Keys;

    /// <summary>Whether the option was given.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>A number; <paramref name="fallback"/> when it was not given.</summary>
    public double Number(string name, double? fallback = null) => values.TryGetValue(name, out object? value)
        ? value switch { double number => number, int whole => whole, _ => throw WrongKind(name, value, "a number") }
        : fallback ?? throw Missing(name, "a number");

    /// <summary>A whole number; <paramref name="fallback"/> when it was not given.</summary>
    public int Integer(string name, int? fallback = null) => values.TryGetValue(name, out object? value)
        ? value switch
        {
            int whole => whole,
            double number when number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue => (int)number,
            _ => throw WrongKind(name, value, "a whole number"),
        }
        : fallback ?? throw Missing(name, "a whole number");

    /// <summary>True or false; <paramref name="fallback"/> when it was not given.</summary>
    public bool Boolean(string name, bool? fallback = null) => Get(name, fallback, "true or false");

    /// <summary>A text, choice or file path; <paramref name="fallback"/> when it was not given.</summary>
    public string Text(string name, string? fallback = null) =>
        Get(name, fallback, "a text") ?? throw Missing(name, "a text");

    /// <summary>A list of numbers.</summary>
    public IReadOnlyList<double> Numbers(string name) => Get<double[]>(name, "a list of numbers");

    /// <summary>A matrix by rows, all of the same length.</summary>
    public IReadOnlyList<double[]> Matrix(string name) => Get<double[][]>(name, "a list of rows of numbers");

    /// <summary>A list of texts.</summary>
    public IReadOnlyList<string> Texts(string name) => Get<string[]>(name, "a list of texts");

    /// <summary>A time; <paramref name="fallback"/> when it was not given.</summary>
    public TimeSpan Duration(string name, TimeSpan? fallback = null) => values.TryGetValue(name, out object? value)
        ? value is TimeSpan time ? time : throw WrongKind(name, value, "a time")
        : fallback ?? throw Missing(name, "a time");

    /// <summary>Outputs by name in the order of the file, each with its axis; the axis of a scalar is null.</summary>
    public IReadOnlyList<OutputSignature> Axes(string name) => Get<OutputSignature[]>(name, "outputs with their axes");

    /// <summary>Texts by names that the user chose.</summary>
    public IReadOnlyDictionary<string, string> TextMapping(string name) =>
        Get<IReadOnlyDictionary<string, string>>(name, "a mapping of texts");

    /// <summary>Nested options; <see cref="None"/> when they were not given.</summary>
    public ModelOptions Mapping(string name) => Has(name) ? Get<ModelOptions>(name, "a mapping") : None;

    /// <summary>The error to throw when a value fits its kind and still makes no sense to the model.</summary>
    /// <param name="name">The option.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="expected">What should.</param>
    public ModelOptionException Invalid(string name, string found, string expected) =>
        new($"{path}.{name}", found, expected);

    /// <summary>The error to throw for a mistake in an expression, which is shown at its place in the problem file.</summary>
    /// <param name="name">The option, or a key below it: <c>expression.y</c>.</param>
    /// <param name="mistake">The mistake.</param>
    public ModelOptionException Invalid(string name, ExpressionException mistake)
    {
        ArgumentNullException.ThrowIfNull(mistake);
        return new($"{path}.{name}", mistake.Found, mistake.Expected) { Suggestion = mistake.Suggestion, Offset = mistake.Position };
    }

    private T? Get<T>(string name, T? fallback, string expected) => values.TryGetValue(name, out object? value)
        ? value is T typed ? typed : throw WrongKind(name, value, expected)
        : fallback;

    private bool Get(string name, bool? fallback, string expected) => values.TryGetValue(name, out object? value)
        ? value is bool flag ? flag : throw WrongKind(name, value, expected)
        : fallback ?? throw Missing(name, expected);

    private T Get<T>(string name, string expected)
        where T : class => Get<T>(name, null, expected) ?? throw Missing(name, expected);

    private ModelOptionException Missing(string name, string expected) => Invalid(name, "nothing", expected);

    private ModelOptionException WrongKind(string name, object value, string expected) =>
        Invalid(name, value.GetType().Name, expected);
}

/// <summary>An option's value that a model cannot use; shown to the user with its place in the problem file.</summary>
public sealed class ModelOptionException : Exception
{
    /// <summary>Creates the error; models use <see cref="ModelOptions.Invalid(string, string, string)"/>.</summary>
    /// <param name="path">The key, for example <c>model.options.dimension</c>.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="expected">What should.</param>
    public ModelOptionException(string path, string found, string expected)
        : base($"{path}: found {found}, expected {expected}")
    {
        Path = path;
        Found = found;
        Expected = expected;
    }

    /// <summary>The key, for example <c>model.options.dimension</c>.</summary>
    public string Path { get; }

    /// <summary>What stands there.</summary>
    public string Found { get; }

    /// <summary>What should.</summary>
    public string Expected { get; }

    /// <summary>What the user probably meant, or null.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Characters into the value where the mistake is; null when the whole value is meant.</summary>
    public int? Offset { get; init; }
}
