using System.Globalization;

namespace Calibrate.Reports.Html;

/// <summary>Numbers as a reader of a report wants them: enough digits, a dash for what does not exist, whatever the culture.</summary>
internal static class ReportNumbers
{
    private const string None = "–";

    /// <summary>Some significant digits; scientific only where plain digits would be a row of zeros.</summary>
    public static string Significant(double value, int digits = 4)
    {
        if (!double.IsFinite(value))
        {
            return None;
        }

        var magnitude = value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value)));
        var text = magnitude is < -4 or > 6
            ? value.ToString("0." + new string('0', digits - 1) + "e+0", CultureInfo.InvariantCulture)
            : value.ToString("F" + Math.Max(0, digits - 1 - magnitude).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    /// <summary>R-hat to three decimals: 1.01 is the line that matters.</summary>
    public static string Rhat(double value) => double.IsFinite(value) ? value.ToString("F3", CultureInfo.InvariantCulture) : None;

    /// <summary>A whole number with separators every three digits.</summary>
    public static string Count(double value) => double.IsFinite(value) ? Math.Round(value).ToString("#,0", CultureInfo.InvariantCulture) : None;

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => !double.IsFinite(share) ? None
        : share is > 0 and < 0.0005 ? "< 0.1 %"
        : (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + " %";

    /// <summary>A span of time in its two largest units.</summary>
    public static string Duration(double seconds)
    {
        var culture = CultureInfo.InvariantCulture;
        var span = TimeSpan.FromSeconds(double.IsFinite(seconds) ? Math.Max(0, seconds) : 0);
        return span switch
        {
            { TotalDays: >= 1 } => string.Create(culture, $"{(int)span.TotalDays} d {span.Hours} h"),
            { TotalHours: >= 1 } => string.Create(culture, $"{(int)span.TotalHours} h {span.Minutes} min"),
            { TotalMinutes: >= 1 } => string.Create(culture, $"{(int)span.TotalMinutes} min {span.Seconds} s"),
            { TotalSeconds: >= 10 } => string.Create(culture, $"{span.TotalSeconds:F0} s"),
            _ => string.Create(culture, $"{span.TotalSeconds:F1} s"),
        };
    }
}
