using System.Collections.Frozen;
using System.Text;

namespace Calibrate.Reports.Exports;

/// <summary>
/// Labels in LaTeX's mathematics mode, without dollar signs: the label that the problem gives, or the name with Greek letters, and with numbers and
/// what follows the first underscore as a subscript. <c>lambda0</c> is <c>\lambda_{0}</c>, <c>sigma_obs</c> is <c>\sigma_{\mathrm{obs}}</c>.
/// </summary>
internal static class LatexLabel
{
    private static readonly FrozenSet<string> Greek = FrozenSet.Create(
        StringComparer.Ordinal,
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau",
        "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega");

    /// <summary>The label of a quantity.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="label">The label that the problem gives, in LaTeX when it has a backslash, dollar, caret or underscore; or null.</param>
    public static string Of(string name, string? label)
    {
        if (label is { Length: > 0 })
        {
            var line = label.ReplaceLineEndings(" ");
            return line.AsSpan().ContainsAny("\\$^_") ? line.Replace("$", "", StringComparison.Ordinal) : Upright(line);
        }

        var end = name.IndexOf('_', 1);
        var stem = end < 0 ? name : name[..end];
        var letters = stem.TrimEnd("0123456789".ToCharArray());
        if (letters.Trim('_').Length == 0)
        {
            return Upright(name);
        }

        string[] subscripts = [stem[letters.Length..], .. end < 0 ? [] : name[(end + 1)..].Split('_')];
        var below = string.Join(',', subscripts.Where(part => part.Length > 0).Select(Symbol));
        return below.Length == 0 ? Symbol(letters) : $"{Symbol(letters)}_{{{below}}}";
    }

    private static string Symbol(string text) =>
        Greek.Contains(text) ? "\\" + text : text.Length == 1 || text.All(char.IsAsciiDigit) ? text : Upright(text);

    private static string Upright(string text)
    {
        StringBuilder escaped = new();
        foreach (var character in text)
        {
            escaped.Append(character switch
            {
                ' ' => "\\ ",
                '_' or '%' or '#' or '&' or '{' or '}' or '$' => "\\" + character,
                '\\' => "\\backslash ",
                '^' => "\\hat{}",
                _ => character.ToString(),
            });
        }

        return $"\\mathrm{{{escaped}}}";
    }
}
