using System.Globalization;

namespace Calibrate.Problems;

/// <summary>Writes numbers as problem files do: they read back to the same bits.</summary>
internal static class NumberText
{
    /// <summary>The shortest text that reads back to the number; <c>inf</c>, <c>-inf</c> and <c>nan</c> for what is not finite.</summary>
    public static string Of(double number) => number switch
    {
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        double.NaN => "nan",
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };
}
