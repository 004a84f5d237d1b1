using Calibrate.Numerics.Distributions;

namespace Calibrate.Problems.Yaml;

/// <summary>
/// A mapping of the file with typed access to its values. What is absent or malformed reads as null: shapes have reported
/// the latter already.
/// </summary>
internal sealed class Section(YamlMapping? mapping, string path)
{
    public string Path => path;

    public YamlNode? Node(string key) => mapping?[key];

    public bool Has(string key) => Node(key) is not null;

    public string PathOf(string key) => MappingShape.Join(path, key);

    public IReadOnlyList<YamlEntry> Entries => mapping?.Entries ?? [];

    public Section Child(string key) => new(Node(key) as YamlMapping, PathOf(key));

    public string? Text(string key) => Node(key) is YamlScalar { IsNothing: false } scalar ? scalar.Text : null;

    public double? Number(string key) =>
        Node(key) is YamlScalar scalar && Scalars.TryNumber(scalar, out double number) ? number : null;

    public double? Constant(string key) =>
        Node(key) is YamlScalar scalar && Scalars.TryConstant(scalar, out double number) ? number : null;

    public int? Integer(string key) =>
        Node(key) is YamlScalar scalar && Scalars.TryInteger(scalar, out long number) && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : null;

    public TimeSpan? Duration(string key) =>
        Node(key) is YamlScalar scalar && Scalars.TryDuration(scalar, out TimeSpan duration) ? duration : null;

    public long? Size(string key) => Node(key) is YamlScalar scalar && Scalars.TrySize(scalar, out long bytes) ? bytes : null;

    public double[]? Numbers(string key) => NumbersOf(Node(key));

    /// <summary>A pair [from, to], or a single number standing for itself twice.</summary>
    public Support? Period(string key) => PeriodOf(Node(key));

    public static Support? PeriodOf(YamlNode? node) => node switch
    {
        YamlScalar scalar when Scalars.TryNumber(scalar, out double time) => new Support(time, time),
        YamlSequence { Items: [YamlScalar from, YamlScalar to] }
            when Scalars.TryNumberOrInfinity(from, out double lower) && Scalars.TryNumberOrInfinity(to, out double upper) =>
            new Support(lower, upper),
        _ => null,
    };

    public static double[]? NumbersOf(YamlNode? node)
    {
        if (node is not YamlSequence list)
        {
            return null;
        }

        double[] numbers = new double[list.Items.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (list.Items[i] is not YamlScalar scalar || !Scalars.TryNumber(scalar, out numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }
}
