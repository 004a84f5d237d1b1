using System.Globalization;
using System.Text;

namespace Calibrate.Reports.Exports;

/// <summary>Writes rows of numbers as text, straight into bytes: no string is made. Doubles get the digits that read back to the same bits.</summary>
internal sealed class Utf8Rows(Stream stream) : IDisposable
{
    private const int LongestNumber = 32;

    private readonly byte[] buffer = new byte[1 << 16];
    private int used;

    /// <summary>Writes one ASCII character, for example a separator.</summary>
    public void Add(char character)
    {
        Reserve(1);
        buffer[used++] = (byte)character;
    }

    /// <summary>Writes a number.</summary>
    public void Add(double number)
    {
        Reserve(LongestNumber);
        number.TryFormat(buffer.AsSpan(used), out var length, default, CultureInfo.InvariantCulture);
        used += length;
    }

    /// <summary>Writes a whole number.</summary>
    public void Add(long number)
    {
        Reserve(LongestNumber);
        number.TryFormat(buffer.AsSpan(used), out var length, default, CultureInfo.InvariantCulture);
        used += length;
    }

    /// <summary>Writes text of any length.</summary>
    public void Add(string text)
    {
        Flush();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    public void Dispose()
    {
        Flush();
        stream.Dispose();
    }

    private void Reserve(int bytes)
    {
        if (buffer.Length - used < bytes)
        {
            Flush();
        }
    }

    private void Flush()
    {
        stream.Write(buffer.AsSpan(0, used));
        used = 0;
    }
}
