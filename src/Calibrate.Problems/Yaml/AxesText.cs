using Calibrate.Problems.Models;

namespace Calibrate.Problems.Yaml;

/// <summary>Outputs with their axes as they stand in a problem file: numbers, a count, or the word <c>scalar</c>.</summary>
internal static class AxesText
{
    public const string Scalar = "scalar";

    /// <summary>Longest axis that a count may ask for.</summary>
    public const int LongestCount = 10_000_000;

    public static Shape Shape { get; } = new NamedShape(
        new OneOfShape(
            new TextShape(
                "'scalar', or the number of values",
                s => s.Text == Scalar || (Scalars.TryInteger(s, out long count) && count is >= 1 and <= LongestCount),
                orNumber: true),
            CommonShapes.Numbers),
        "a mapping from outputs to their axes");

    /// <summary>Reads the outputs in the order of the file; what is malformed was reported and is left out.</summary>
    /// <exception cref="ArgumentException">An axis does not increase.</exception>
    public static OutputSignature[] Read(Section section) =>
        [.. section.Entries.Select(e => Read(e.Key, section)).OfType<OutputSignature>()];

    private static OutputSignature? Read(string name, Section section)
    {
        if (section.Text(name) == Scalar)
        {
            return new OutputSignature(name);
        }

        if (section.Integer(name) is { } count)
        {
            return new OutputSignature(name, [.. Enumerable.Range(0, count).Select(k => (double)k)]);
        }

        return section.Numbers(name) is { } axis ? new OutputSignature(name, axis) : null;
    }
}
