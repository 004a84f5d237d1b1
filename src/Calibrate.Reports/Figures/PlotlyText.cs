using System.Text.RegularExpressions;

namespace Calibrate.Reports.Figures;

/// <summary>Text from problems for plotly, which takes titles and names as a subset of HTML: names are shown, never interpreted.</summary>
internal static partial class PlotlyText
{
    /// <summary>Text that plotly shows as it is.</summary>
    public static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .ReplaceLineEndings(" ");

    /// <summary>A label with its unit in brackets: <c>climate feedback (W m⁻² K⁻¹)</c>.</summary>
    public static string Labelled(string label, string? unit) =>
        string.IsNullOrWhiteSpace(unit) ? Escape(label) : $"{Escape(label)} ({Unit(unit)})";

    /// <summary>A unit with its negative exponents raised.</summary>
    public static string Unit(string unit) => Exponent().Replace(Escape(unit), "<sup>−${power}</sup>");

    /// <summary>An escaped title on lines of about so many characters, for low or narrow panels; its unit begins a line of its own.</summary>
    public static string Wrapped(string title, int width = 20)
    {
        var unit = title.IndexOf(" (", StringComparison.Ordinal);
        var label = unit < 0 ? title : title[..unit];
        List<string> lines = [];
        foreach (var word in label.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && Shown(lines[^1]) + 1 + Shown(word) <= width)
            {
                lines[^1] += " " + word;
            }
            else
            {
                lines.Add(word);
            }
        }

        return string.Join("<br>", unit < 0 ? lines : [.. lines, title[(unit + 1)..]]);
    }

    // An entity such as &lt; is one character.
    private static int Shown(string escaped) => escaped.Length - Entity().Matches(escaped).Sum(entity => entity.Length - 1);

    [GeneratedRegex("&(lt|gt|amp);", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Entity();

    // m-2: a letter, then a minus and digits. Positive exponents stay: CO2 is no square.
    [GeneratedRegex(@"(?<=\p{L})-(?<power>\d{1,2})(?![\d.])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exponent();
}
