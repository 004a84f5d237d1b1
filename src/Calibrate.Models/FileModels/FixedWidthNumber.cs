using System.Globalization;

namespace Calibrate.Models.FileModels;

/// <summary>
/// Numbers in fields of a fixed width: the shortest text that reads back as the same number where that fits, otherwise as many digits as do. There is
/// always a decimal point: a Fortran program that reads a field of fixed format would put one in where none stands.
/// </summary>
internal static class FixedWidthNumber
{
    /// <summary>Fields at least this wide hold every number without a loss.</summary>
    public const int WidthForEveryBit = 24;

    private const int MostDigits = 17;

    /// <summary>Writes a number, right-aligned.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="width">Characters of the field.</param>
    /// <param name="text">As long as the field.</param>
    /// <returns>False when not even one digit fits.</returns>
    public static bool TryWrite(double value, int width, out string text)
    {
        string sign = double.IsNegative(value) ? "-" : "";
        (string shortest, int exponent) = DigitsOf(Math.Abs(value), null);
        for (int count = shortest.Length; count >= 1; count--)
        {
            string digits = shortest;
            if (count < shortest.Length)
            {
                (digits, exponent) = DigitsOf(Math.Abs(value), count);
            }

            if (Form(digits, exponent, width - sign.Length) is { } form)
            {
                text = (sign + form).PadLeft(width);
                return true;
            }
        }

        text = new string('*', Math.Max(0, width));
        return false;
    }

    // The number as 0 < d.ddd... < 10 times a power of ten, without trailing zeros.
    private static (string Digits, int Exponent) DigitsOf(double magnitude, int? count)
    {
        string text = magnitude.ToString("E" + ((count ?? MostDigits) - 1), CultureInfo.InvariantCulture);
        if (count is null)
        {
            for (int fewer = 15; fewer < MostDigits; fewer++)
            {
                string candidate = magnitude.ToString("E" + (fewer - 1), CultureInfo.InvariantCulture);
                if (double.Parse(candidate, CultureInfo.InvariantCulture) == magnitude)
                {
                    text = candidate;
                    break;
                }
            }
        }

        int mark = text.IndexOf('E', StringComparison.Ordinal);
        string digits = text[..mark].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        return (digits.Length == 0 ? "0" : digits, int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
    }

    private static string? Form(string digits, int exponent, int room)
    {
        string plain = Plain(digits, exponent, room);
        string scientific = Scientific(digits, exponent);
        return exponent is >= -4 and < 16 && plain.Length <= room ? plain
            : scientific.Length <= room ? scientific
            : plain.Length <= room ? plain
            : null;
    }

    private static string Plain(string digits, int exponent, int room)
    {
        if (exponent < 0)
        {
            string fraction = "." + new string('0', -exponent - 1) + digits;
            return fraction.Length < room ? "0" + fraction : fraction;
        }

        int before = exponent + 1;
        string text = digits.Length <= before ? digits.PadRight(before, '0') + "." : $"{digits[..before]}.{digits[before..]}";
        return text.EndsWith('.') && text.Length < room ? text + "0" : text;
    }

    // The point may stand anywhere among the digits: where it makes the exponent shortest, and behind the first if that is no loss.
    private static string Scientific(string digits, int exponent)
    {
        string best = "";
        for (int before = 1; before <= digits.Length; before++)
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"{digits[..before]}.{digits[before..]}E{exponent - before + 1}");
            best = best.Length == 0 || text.Length < best.Length ? text : best;
        }

        return best;
    }
}
