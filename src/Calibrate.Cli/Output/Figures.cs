using System.Globalization;

namespace Calibrate.Cli.Output;

/// <summary>Numbers as a reader of tables wants them: enough digits, aligned, a dash for what does not exist.</summary>
internal static class Figures
{
    /// <summary>Four significant digits; scientific only where plain digits would be a row of zeros.</summary>
    public static string Significant(double value) => Significant(value, 4);

    public static string Significant(double value, int digits)
    {
        if (!double.IsFinite(value))
        {
            return "-";
        }

        if (value == 0)
        {
            return "0";
        }

        var magnitude = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (magnitude is < -4 or > 6)
        {
            return value.ToString("0." + new string('0', digits - 1) + "e+0", CultureInfo.InvariantCulture);
        }

        var decimals = Math.Max(0, digits - 1 - magnitude);
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>R-hat to three decimals: 1.01 is the line that matters.</summary>
    public static string Rhat(double value) => double.IsFinite(value) ? value.ToString("F3", CultureInfo.InvariantCulture) : "-";

    /// <summary>Whole numbers with thin separators every three digits.</summary>
    public static string Count(double value) =>
        double.IsFinite(value) ? Math.Round(value).ToString("#,0", CultureInfo.InvariantCulture) : "-";

    /// <summary>Bytes as megabytes (10^6), with one decimal.</summary>
    public static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:#,0.0} MB");

    /// <summary>A span of time in its two largest units.</summary>
    public static string Duration(TimeSpan span) => span switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} d {span.Hours} h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds} s"),
        { TotalSeconds: >= 10 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:F0} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:F1} s"),
    };
}
