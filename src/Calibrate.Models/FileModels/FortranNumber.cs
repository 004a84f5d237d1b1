using System.Globalization;

namespace Calibrate.Models.FileModels;

/// <summary>
/// Numbers as programs write them: also with a Fortran exponent (<c>1.0D-3</c>), with the letter left out where three digits need its place
/// (<c>1.0-103</c>), and <c>nan</c> and <c>inf</c> in any case.
/// </summary>
internal static class FortranNumber
{
    private const int Longest = 64;

    /// <summary>Reads a number.</summary>
    /// <param name="text">The number, perhaps with blanks around it.</param>
    /// <param name="value">Receives it.</param>
    /// <returns>False when the text is no number.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        value = 0;
        if (text.IsEmpty || text.Length > Longest)
        {
            return false;
        }

        Span<char> plain = stackalloc char[Longest + 1];
        int length = 0;
        bool exponent = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is 'd' or 'D' or 'e' or 'E')
            {
                exponent = true;
                c = 'E';
            }
            else if (c is '+' or '-' && i > 0 && !exponent && (char.IsAsciiDigit(text[i - 1]) || text[i - 1] == '.'))
            {
                exponent = true;
                plain[length++] = 'E';
            }

            plain[length++] = c;
        }

        return double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value) || TryWord(text, out value);
    }

    private static bool TryWord(ReadOnlySpan<char> text, out double value)
    {
        bool negative = text[0] == '-';
        ReadOnlySpan<char> word = text[0] is '-' or '+' ? text[1..] : text;
        value = word.Equals("nan", StringComparison.OrdinalIgnoreCase) ? double.NaN
            : word.Equals("inf", StringComparison.OrdinalIgnoreCase) || word.Equals("infinity", StringComparison.OrdinalIgnoreCase) ? double.PositiveInfinity
            : 0;
        value = negative ? -value : value;
        return value != 0;
    }
}
