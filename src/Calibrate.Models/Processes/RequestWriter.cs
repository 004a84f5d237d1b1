using System.Buffers.Text;
using System.Globalization;

namespace Calibrate.Models.Processes;

/// <summary>Writes requests as lines of JSON into one buffer that is used again.</summary>
internal sealed class RequestWriter
{
    // The longest double is -2.2250738585072014E-308 with 24 characters; ".0" and a comma come with it.
    private const int LongestNumber = 32;
    private const int Frame = 64;

    private byte[] buffer = new byte[1024];
    private int length;

    /// <summary>Writes a request for some points of a batch.</summary>
    /// <param name="id">Number of the request.</param>
    /// <param name="points">Structure of arrays: <c>points[j * count + i]</c> = parameter j of point i.</param>
    /// <param name="count">Number of points in the batch.</param>
    /// <param name="start">The first point of the request.</param>
    /// <param name="size">Number of points of the request.</param>
    /// <returns>The line with its break; valid until the next call.</returns>
    public ReadOnlySpan<byte> Write(long id, ReadOnlySpan<double> points, int count, int start, int size)
    {
        int dimension = points.Length / count;
        long most = Frame + ((long)size * ((dimension * LongestNumber) + 4));
        if (buffer.Length < most)
        {
            buffer = new byte[checked((int)most)];
        }

        length = 0;
        Add("{\"id\":"u8);
        Utf8Formatter.TryFormat(id, buffer.AsSpan(length), out int digits);
        length += digits;
        Add(",\"points\":["u8);
        for (int i = 0; i < size; i++)
        {
            Add(i == 0 ? "["u8 : ",["u8);
            for (int j = 0; j < dimension; j++)
            {
                if (j > 0)
                {
                    buffer[length++] = (byte)',';
                }

                Add(points[(j * count) + start + i]);
            }

            buffer[length++] = (byte)']';
        }

        Add("]}\n"u8);
        return buffer.AsSpan(0, length);
    }

    // The shortest text that reads as the same bits. A number without point or exponent is a whole number to many readers of JSON, which then
    // lose the sign of zero or divide without remainder.
    private void Add(double value)
    {
        value.TryFormat(buffer.AsSpan(length), out int written, provider: CultureInfo.InvariantCulture);
        bool whole = buffer.AsSpan(length, written).IndexOfAny((byte)'.', (byte)'E') < 0;
        length += written;
        if (whole)
        {
            Add(".0"u8);
        }
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(buffer.AsSpan(length));
        length += text.Length;
    }
}
