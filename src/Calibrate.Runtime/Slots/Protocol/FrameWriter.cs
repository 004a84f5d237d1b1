using System.Buffers.Binary;
using Google.Protobuf;

namespace Calibrate.Runtime.Slots.Protocol;

/// <summary>Writes frames to a pipe, each with one call, so that a reader never waits for the second half of a small one.</summary>
/// <param name="stream">The pipe.</param>
internal sealed class FrameWriter(Stream stream)
{
    private byte[] buffer = new byte[4096];

    /// <summary>Writes one message.</summary>
    /// <param name="message">The message.</param>
    /// <exception cref="IOException">Nobody reads any more.</exception>
    public void Write(IMessage message)
    {
        var length = message.CalculateSize();
        if (buffer.Length < length + sizeof(int))
        {
            buffer = new byte[Math.Max(length + sizeof(int), 2 * buffer.Length)];
        }

        BinaryPrimitives.WriteInt32LittleEndian(buffer, length);
        message.WriteTo(buffer.AsSpan(sizeof(int), length));
        stream.Write(buffer, 0, length + sizeof(int));
        stream.Flush();
    }
}
