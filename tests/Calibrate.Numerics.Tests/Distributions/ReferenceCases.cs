using System.Globalization;
using System.Text.Json;
using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

/// <summary>Values computed elsewhere: scipy's for everyday arguments, mpmath's for tails, truncations and hard moments.</summary>
internal static class ReferenceCases
{
    public static JsonElement Scipy { get; } = Load("distributions.json").GetProperty("cases");

    private static readonly JsonElement HighPrecision = Load("distributions-tails.json");

    /// <summary>scipy's cases of a family; their keys look like <c>student_t(nu=4,mu=1,sigma=2)</c>.</summary>
    public static IEnumerable<(IDistribution Distribution, JsonElement Case)> Of(string family)
    {
        foreach (JsonProperty entry in Scipy.EnumerateObject())
        {
            string[] parts = entry.Name.TrimEnd(')').Split('(');
            if (DistributionCatalog.TryGet(parts[0], out DistributionDefinition? definition) && definition.Name == family)
            {
                double[] arguments = [.. parts[1].Split(',').Select(text => Number(text.Split('=')[^1]))];
                yield return (definition.Create(arguments), entry.Value);
            }
        }
    }

    /// <summary>mpmath's logs of both tails of a family.</summary>
    public static IEnumerable<(IDistribution Distribution, JsonElement Case)> Tails(string family) => Cases("tails", family);

    /// <summary>mpmath's moments where the closed forms cancel.</summary>
    public static IEnumerable<(IDistribution Distribution, JsonElement Case)> Moments(string family) => Cases("moments", family);

    /// <summary>mpmath's truncations of a family, as truncated distributions.</summary>
    public static IEnumerable<(IDistribution Distribution, JsonElement Case)> Truncations(string family)
    {
        foreach ((IDistribution inner, JsonElement element) in Cases("truncated", family))
        {
            double lower = Optional(element.GetProperty("lower")) ?? double.NegativeInfinity;
            double upper = Optional(element.GetProperty("upper")) ?? double.PositiveInfinity;
            yield return (Truncated.Of(inner, lower, upper), element);
        }
    }

    public static double Double(this JsonElement element, string property) => element.GetProperty(property).GetDouble();

    public static double? Optional(JsonElement element) =>
        element.ValueKind == JsonValueKind.Null ? null : element.GetDouble();

    private static IEnumerable<(IDistribution Distribution, JsonElement Case)> Cases(string section, string family)
    {
        foreach (JsonElement element in HighPrecision.GetProperty(section).EnumerateArray())
        {
            if (element.GetProperty("distribution").GetString() == family)
            {
                double[] arguments = [.. element.GetProperty("parameters").EnumerateArray().Select(value => value.GetDouble())];
                yield return (DistributionCatalog.Create(family, arguments), element);
            }
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static JsonElement Load(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", file))).RootElement;
}
