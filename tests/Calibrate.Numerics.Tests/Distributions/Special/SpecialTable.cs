using System.Text.Json;

namespace Calibrate.Numerics.Tests.Distributions.Special;

/// <summary>High-precision values of special functions: rows of arguments followed by the value.</summary>
internal static class SpecialTable
{
    private static readonly JsonElement Document = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "special-functions.json"))).RootElement;

    /// <summary>Checks a function on every row of its table.</summary>
    public static void Check(string name, Func<double[], double> function, double relative, double absolute = 0)
    {
        foreach (JsonElement row in Document.GetProperty(name).EnumerateArray())
        {
            double[] numbers = [.. row.EnumerateArray().Select(value => value.GetDouble())];
            Agree.Relatively(numbers[^1], function(numbers), relative, $"{name}({string.Join(", ", numbers[..^1])})", absolute);
        }
    }
}
