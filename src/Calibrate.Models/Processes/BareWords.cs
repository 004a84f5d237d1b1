namespace Calibrate.Models.Processes;

/// <summary>
/// What many languages write for numbers that are not finite is no JSON: <c>NaN</c>, <c>Infinity</c>, <c>-Infinity</c>. In quotes it is.
/// </summary>
internal static class BareWords
{
    private static ReadOnlySpan<byte> NotANumber => "NaN"u8;

    private static ReadOnlySpan<byte> Infinity => "Infinity"u8;

    /// <summary>Whether a line has such words. Jumps over texts: base64 contains the letters by chance.</summary>
    public static bool StandIn(ReadOnlySpan<byte> line)
    {
        while (line.IndexOfAny((byte)'"', (byte)'N', (byte)'I') is int next and >= 0)
        {
            if (line[next] != '"')
            {
                return true;
            }

            line = AfterText(line[(next + 1)..]);
        }

        return false;
    }

    /// <summary>The line with such words in quotes where they stand outside of texts.</summary>
    public static byte[] Quote(ReadOnlySpan<byte> line)
    {
        using MemoryStream quoted = new(line.Length + 64);
        bool inText = false;
        for (int i = 0; i < line.Length; i++)
        {
            int word = inText ? 0 : LengthOfWord(line[i..]);
            if (word > 0)
            {
                quoted.WriteByte((byte)'"');
                quoted.Write(line.Slice(i, word));
                quoted.WriteByte((byte)'"');
                i += word - 1;
                continue;
            }

            if (inText && line[i] == '\\' && i + 1 < line.Length)
            {
                quoted.WriteByte(line[i++]);
            }
            else if (line[i] == '"')
            {
                inText = !inText;
            }

            quoted.WriteByte(line[i]);
        }

        return quoted.ToArray();
    }

    /// <summary>The number that a quoted word stands for; null when it is another text.</summary>
    public static double? ValueOf(ReadOnlySpan<byte> text) => text switch
    {
        _ when text.SequenceEqual(NotANumber) => double.NaN,
        _ when text.SequenceEqual(Infinity) => double.PositiveInfinity,
        [(byte)'-', .. var rest] when rest.SequenceEqual(Infinity) => double.NegativeInfinity,
        _ => null,
    };

    private static ReadOnlySpan<byte> AfterText(ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny((byte)'"', (byte)'\\') is int next and >= 0)
        {
            if (text[next] == '"')
            {
                return text[(next + 1)..];
            }

            text = text[Math.Min(next + 2, text.Length)..];
        }

        return [];
    }

    private static int LengthOfWord(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(NotANumber))
        {
            return NotANumber.Length;
        }

        int sign = text[0] == '-' ? 1 : 0;
        return text[sign..].StartsWith(Infinity) ? sign + Infinity.Length : 0;
    }
}
