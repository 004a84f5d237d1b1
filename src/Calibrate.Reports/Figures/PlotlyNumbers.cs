using System.Globalization;
using System.Text.Json.Nodes;

namespace Calibrate.Reports.Figures;

/// <summary>
/// Numbers as figures need them: rounded to what a screen can show, so that a report stays small, and null where there is none.
/// </summary>
internal static class PlotlyNumbers
{
    // A figure is some thousand pixels wide at most: a ten-thousandth of its span is below a pixel.
    private const int DigitsOfSpan = 4;

    private const int MostDecimals = 15;

    /// <summary>Numbers along an axis, rounded to a ten-thousandth of their span or finer.</summary>
    public static JsonArray Along(ReadOnlySpan<double> values)
    {
        var (lowest, highest) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values)
        {
            if (double.IsFinite(value))
            {
                (lowest, highest) = (Math.Min(lowest, value), Math.Max(highest, value));
            }
        }

        return Along(values, highest - lowest);
    }

    /// <summary>Numbers along an axis of a given span.</summary>
    public static JsonArray Along(ReadOnlySpan<double> values, double span)
    {
        var decimals = DecimalsFor(span);
        var array = new JsonArray();
        foreach (var value in values)
        {
            array.Add(Node(Round(value, decimals)));
        }

        return array;
    }

    /// <summary>Numbers without a common axis, such as two ends: six significant digits.</summary>
    public static JsonNode? Of(double value) => double.IsFinite(value)
        ? JsonValue.Create(double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
        : null;

    /// <summary>Whole numbers from a first one in equal steps.</summary>
    public static JsonArray Steps(int first, int step, int count)
    {
        var array = new JsonArray();
        for (var i = 0; i < count; i++)
        {
            array.Add(JsonValue.Create(first + ((long)i * step)));
        }

        return array;
    }

    private static JsonNode? Node(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static int DecimalsFor(double span) =>
        span > 0 && double.IsFinite(span) ? DigitsOfSpan - (int)Math.Floor(Math.Log10(span)) : int.MaxValue;

    private static double Round(double value, int decimals)
    {
        if (!double.IsFinite(value) || decimals == int.MaxValue)
        {
            return value;
        }

        if (decimals is >= 0 and <= MostDecimals)
        {
            return Math.Round(value, decimals);
        }

        // Beyond what Math.Round takes: very small spans keep eight significant digits, very large ones lose whole tens.
        if (decimals > MostDecimals)
        {
            return double.Parse(value.ToString("G8", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        }

        var quantum = Math.Pow(10, -decimals);
        return Math.Round(value / quantum) * quantum;
    }
}
