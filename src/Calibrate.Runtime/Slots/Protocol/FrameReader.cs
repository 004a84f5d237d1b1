using System.Buffers.Binary;
using Google.Protobuf;

namespace Calibrate.Runtime.Slots.Protocol;

/// <summary>Reads frames from a pipe, as many as there are with one call.</summary>
/// <typeparam name="T">The message in every frame.</typeparam>
/// <param name="stream">The pipe.</param>
/// <param name="parser">Parses a message.</param>
/// <param name="longest">Longest message that is believed.</param>
internal sealed class FrameReader<T>(Stream stream, MessageParser<T> parser, int longest)
    where T : IMessage<T>
{
    private byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;

    /// <summary>Waits for the next message; null when the other side has closed the pipe between two messages or within one.</summary>
    /// <exception cref="InvalidDataException">The bytes are no message.</exception>
    public T? Read()
    {
        if (!TryFill(sizeof(int)))
        {
            return default;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(from));
        if (length < 0 || length > longest)
        {
            throw new InvalidDataException($"a frame of {length} bytes, where at most {longest} are allowed");
        }

        from += sizeof(int);
        if (!TryFill(length))
        {
            return default;
        }

        from += length;
        try
        {
            return parser.ParseFrom(buffer.AsSpan(from - length, length));
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new InvalidDataException("a frame that is no message", exception);
        }
    }

    // Makes at least so many unread bytes lie in the buffer.
    private bool TryFill(int wanted)
    {
        if (buffer.Length - from < wanted)
        {
            var larger = buffer.Length < wanted ? new byte[wanted] : buffer;
            buffer.AsSpan(from, to - from).CopyTo(larger);
            (buffer, to, from) = (larger, to - from, 0);
        }

        while (to - from < wanted)
        {
            var read = stream.Read(buffer, to, buffer.Length - to);
            if (read == 0)
            {
                return false;
            }

            to += read;
        }

        return true;
    }
}
