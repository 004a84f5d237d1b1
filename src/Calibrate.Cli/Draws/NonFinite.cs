using System.Globalization;

namespace Calibrate.Cli.Draws;

/// <summary>Numbers as samplers write them: "NaN", "nan", "inf" and "-Infinity" included.</summary>
internal static class NonFinite
{
    public static bool TryParse(string? text, out double value)
    {
        var trimmed = text.AsSpan().Trim();
        if (double.TryParse(trimmed, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        value = trimmed.ToString().ToUpperInvariant() switch
        {
            "NAN" or "NA" => double.NaN,
            "INF" or "+INF" or "INFINITY" => double.PositiveInfinity,
            "-INF" or "-INFINITY" => double.NegativeInfinity,
            _ => 0,
        };
        return value != 0;
    }
}
