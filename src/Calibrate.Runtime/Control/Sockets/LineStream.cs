using System.Net.Sockets;

namespace Calibrate.Runtime.Control.Sockets;

/// <summary>Reads lines of bounded length from a socket.</summary>
/// <param name="socket">The socket.</param>
/// <param name="most">The longest line, in bytes without its end.</param>
internal sealed class LineStream(Socket socket, int most)
{
    private const int FirstBytes = 4096;

    private byte[] buffer = new byte[Math.Min(FirstBytes, most + 1)];
    private int held;
    private int lineEnd = -1;

    /// <summary>Reads one line, without its end. It is valid until the next is read.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null at the end of the stream; half a line before it is dropped.</returns>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    /// <exception cref="SocketException">The other side is gone.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        if (lineEnd >= 0)
        {
            held -= lineEnd + 1;
            buffer.AsSpan(lineEnd + 1, held).CopyTo(buffer);
            lineEnd = -1;
        }

        var searched = 0;
        while (true)
        {
            if (Array.IndexOf(buffer, (byte)'\n', searched, held - searched) is >= 0 and var end)
            {
                lineEnd = end;
                return buffer.AsMemory(0, end);
            }

            if (held > most)
            {
                throw new InvalidDataException(FormattableString.Invariant($"a line of more than {most} bytes"));
            }

            if (held == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(2 * buffer.Length, most + 1));
            }

            var read = await socket.ReceiveAsync(buffer.AsMemory(held), cancellationToken);
            if (read == 0)
            {
                return null;
            }

            searched = held;
            held += read;
        }
    }
}
