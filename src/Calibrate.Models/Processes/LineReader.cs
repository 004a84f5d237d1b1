namespace Calibrate.Models.Processes;

/// <summary>Reads lines from a pipe into one buffer that grows up to the longest line allowed. For one thread.</summary>
/// <param name="stream">Where the lines come from.</param>
/// <param name="longest">Most bytes of a line.</param>
internal sealed class LineReader(Stream stream, int longest)
{
    private const int FirstSize = 64 * 1024;

    private byte[] buffer = new byte[Math.Min(FirstSize, longest)];
    private int begin;
    private int end;

    /// <summary>Waits for the next line; false at the end of the stream. What comes after the last line break is no line.</summary>
    /// <param name="line">The line without its break; valid until the next call.</param>
    /// <exception cref="ProtocolBreachException">The line is too long.</exception>
    /// <exception cref="IOException">The pipe broke.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        int searched = 0;
        while (true)
        {
            int found = buffer.AsSpan(begin + searched, end - begin - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = buffer.AsSpan(begin, searched + found);
                begin += searched + found + 1;
                return true;
            }

            searched = end - begin;
            MakeRoom();
            int read = stream.Read(buffer.AsSpan(end));
            if (read == 0)
            {
                line = default;
                return false;
            }

            end += read;
        }
    }

    private void MakeRoom()
    {
        if (begin == end)
        {
            begin = end = 0;
        }
        else if (begin > 0 && end == buffer.Length)
        {
            buffer.AsSpan(begin, end - begin).CopyTo(buffer);
            end -= begin;
            begin = 0;
        }

        if (end == buffer.Length)
        {
            if (end >= longest)
            {
                throw new ProtocolBreachException(FormattableString.Invariant($"a line of more than {longest} bytes"));
            }

            Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, longest));
        }
    }
}
