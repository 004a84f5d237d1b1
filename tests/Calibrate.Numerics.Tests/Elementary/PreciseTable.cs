using System.Text.Json;

namespace Calibrate.Numerics.Tests;

/// <summary>High-precision values of <c>Reference/elementary.json</c>, and the error of a double against them.</summary>
internal static class PreciseTable
{
    private static readonly Lazy<JsonDocument> Document = new(() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "elementary.json"))));

    /// <summary>Rows (x, value as a double, value less that double).</summary>
    public static IReadOnlyList<(double X, double High, double Low)> Rows(string function) =>
        [.. Document.Value.RootElement.GetProperty(function).EnumerateArray()
            .Select(row => (row[0].GetDouble(), row[1].GetDouble(), row[2].GetDouble()))];

    /// <summary>Error in units in the last place of the true value.</summary>
    public static double UnitsInTheLastPlace(double actual, double high, double low) =>
        Math.Abs((actual - high) - low) / (Math.BitIncrement(Math.Abs(high)) - Math.Abs(high));
}
