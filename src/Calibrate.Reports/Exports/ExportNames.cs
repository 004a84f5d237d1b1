using System.Globalization;

namespace Calibrate.Reports.Exports;

/// <summary>Names that a format takes: characters it does not know become underscores, and names that are then the same get numbers.</summary>
internal static class ExportNames
{
    /// <summary>Makes names fit.</summary>
    /// <param name="names">The names.</param>
    /// <param name="allowed">Which characters the format takes.</param>
    /// <param name="taken">Names that are already used.</param>
    public static IReadOnlyList<string> Fit(IEnumerable<string> names, Func<char, bool> allowed, IEnumerable<string>? taken = null)
    {
        HashSet<string> used = new(taken ?? [], StringComparer.Ordinal);
        List<string> fitted = [];
        foreach (var name in names)
        {
            var plain = string.Concat(name.Select(character => allowed(character) ? character : '_'));
            var unique = plain.Length == 0 ? "_" : plain;
            for (var number = 2; !used.Add(unique); number++)
            {
                unique = string.Create(CultureInfo.InvariantCulture, $"{plain}_{number}");
            }

            fitted.Add(unique);
        }

        return fitted;
    }

    /// <summary>The characters of an identifier in Stan, Python and most languages.</summary>
    public static bool IsIdentifier(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}
