using System.Buffers.Text;
using System.Globalization;

namespace Calibrate.Models.UmBridge;

/// <summary>
/// Numbers as UM-Bridge servers write them: those of JSON, and beside them the spellings of non-finite numbers that Python's repr (<c>nan</c>,
/// <c>inf</c>) and json (<c>NaN</c>, <c>-Infinity</c>) produce, and the <c>null</c> of C++ servers for what JSON cannot say.
/// </summary>
internal static class UmBridgeNumbers
{
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        // A third faster than what follows, which knows every spelling.
        if (Utf8Parser.TryParse(text, out value, out int read) && read == text.Length && double.IsFinite(value))
        {
            return true;
        }

        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value))
        {
            return true;
        }

        bool negative = text is [(byte)'-', ..];
        ReadOnlySpan<byte> name = negative || text is [(byte)'+', ..] ? text[1..] : text;
        if (Is(name, "inf"u8) || Is(name, "infinity"u8))
        {
            value = negative ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        value = double.NaN;
        return Is(name, "nan"u8) || text.SequenceEqual("null"u8);
    }

    /// <summary>
    /// Writes a number so that it reads back to the same bits, always as a floating-point one: <c>5</c> would reach a Python model as an integer.
    /// </summary>
    /// <returns>Number of bytes written.</returns>
    public static int Write(double value, Span<byte> text)
    {
        value.TryFormat(text, out int written, "R", CultureInfo.InvariantCulture);
        if (double.IsFinite(value) && !text[..written].ContainsAny((byte)'.', (byte)'E'))
        {
            ".0"u8.CopyTo(text[written..]);
            written += 2;
        }

        return written;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower)
    {
        if (text.Length != lower.Length)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if ((text[i] | 0x20) != lower[i])
            {
                return false;
            }
        }

        return true;
    }
}
