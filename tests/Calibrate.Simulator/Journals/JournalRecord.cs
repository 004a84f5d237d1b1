using System.Buffers.Binary;
using Calibrate.Runtime.Journals;

namespace Calibrate.Simulator.Journals;

/// <summary>One event as the simulated journal stores it: length, sequence, epoch, kind, seal, payload.</summary>
internal readonly record struct JournalRecord(long Sequence, long Epoch, int Kind, ReadOnlyMemory<byte> Payload, Seal Seal)
{
    private const int LengthBytes = sizeof(int);
    private const int FixedBytes = sizeof(long) + sizeof(long) + sizeof(int) + Seal.SizeInBytes;

    public byte[] ToArray()
    {
        var bytes = new byte[LengthBytes + FixedBytes + Payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, FixedBytes + Payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(4), Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(12), Epoch);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(20), Kind);
        Seal.Write(bytes.AsSpan(24));
        Payload.Span.CopyTo(bytes.AsSpan(LengthBytes + FixedBytes));
        return bytes;
    }

    /// <summary>Reads the record at the beginning of some bytes.</summary>
    /// <returns>Bytes it takes; 0 when there is none that is whole.</returns>
    public static int Read(ReadOnlyMemory<byte> bytes, out JournalRecord record)
    {
        record = default;
        if (bytes.Length < LengthBytes + FixedBytes)
        {
            return 0;
        }

        var span = bytes.Span;
        var length = BinaryPrimitives.ReadInt32LittleEndian(span);
        if (length < FixedBytes || length > bytes.Length - LengthBytes)
        {
            return 0;
        }

        record = new JournalRecord(
            BinaryPrimitives.ReadInt64LittleEndian(span[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(span[12..]),
            BinaryPrimitives.ReadInt32LittleEndian(span[20..]),
            bytes.Slice(LengthBytes + FixedBytes, length - FixedBytes),
            Seal.Read(span.Slice(24, Seal.SizeInBytes)));
        return LengthBytes + length;
    }
}
