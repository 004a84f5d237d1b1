using System.Buffers;
using Google.Protobuf;

namespace Calibrate.Runtime.Events;

/// <summary>Lends memory for the payloads of one append and takes all of it back afterwards. For one caller at a time.</summary>
public sealed class PayloadBuffers
{
    private readonly List<byte[]> lent = [];

    internal ReadOnlyMemory<byte> Write(IMessage message)
    {
        var size = message.CalculateSize();
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        lent.Add(buffer);
        message.WriteTo(buffer.AsSpan(0, size));
        return buffer.AsMemory(0, size);
    }

    /// <summary>Takes back everything that was lent: the payloads must not be used any more.</summary>
    public void Return()
    {
        lent.ForEach(buffer => ArrayPool<byte>.Shared.Return(buffer));
        lent.Clear();
    }
}
