namespace Calibrate.Reports.Figures;

/// <summary>
/// Colours of figures: those of Okabe and Ito, "Color universal design" (2008), which people with any colour vision tell apart, on white. A dark page
/// replaces them by <see cref="DarkReplacements"/>.
/// </summary>
public static class Palette
{
    /// <summary>Text, axes and observations.</summary>
    public const string Ink = "#1b1f24";

    /// <summary>What figures are drawn on.</summary>
    public const string Paper = "#ffffff";

    /// <summary>Grid lines.</summary>
    public const string Grid = "#e4e7eb";

    /// <summary>Priors, reference lines, secondary text.</summary>
    public const string Muted = "#6e7781";

    /// <summary>Posteriors, and the first ensemble.</summary>
    public const string Blue = "#0072b2";

    /// <summary>Failures, and the second ensemble.</summary>
    public const string Vermillion = "#d55e00";

    /// <summary>The third ensemble.</summary>
    public const string Green = "#009e73";

    private static readonly string[] Series = [Blue, Vermillion, Green, "#cc79a7", "#e69f00", "#56b4e9"];

    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot"];

    /// <summary>Text in a figure's JSON, and what a dark page puts in its place: colours, and the beginnings of their translucent forms.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> DarkReplacements { get; } =
    [
        new(Ink, "#e6e8eb"),
        new(Paper, "#16191d"),
        new(Grid, "#30363d"),
        new(Muted, "#9aa4af"),
        new(Blue, "#4cacea"),
        new(Vermillion, "#ff8a3d"),
        new(Green, "#2fc79b"),
        new("rgba(0,114,178,", "rgba(76,172,234,"),
        new("rgba(213,94,0,", "rgba(255,138,61,"),
        new("rgba(110,119,129,", "rgba(154,164,175,"),
        new("rgba(27,31,36,", "rgba(230,232,235,"),
    ];

    /// <summary>The colour of an ensemble; from the seventh on they come again, with another <see cref="Dash"/>.</summary>
    /// <param name="index">Index of the ensemble.</param>
    public static string Of(int index) => Series[index % Series.Length];

    /// <summary>The dash of an ensemble's lines.</summary>
    /// <param name="index">Index of the ensemble.</param>
    public static string Dash(int index) => Dashes[index / Series.Length % Dashes.Length];

    /// <summary>A colour as <c>rgba(...)</c>.</summary>
    /// <param name="colour">A colour of the form <c>#rrggbb</c>.</param>
    /// <param name="opacity">Opacity from 0 to 1.</param>
    public static string Translucent(string colour, double opacity)
    {
        ArgumentNullException.ThrowIfNull(colour);
        var rgb = Convert.FromHexString(colour.AsSpan(1));
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"rgba({rgb[0]},{rgb[1]},{rgb[2]},{opacity:0.##})");
    }
}
