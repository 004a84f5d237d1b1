using Google.Protobuf;

namespace Calibrate.Runtime.Events;

/// <summary>The few rules of the protobuf wire format that reading in place needs.</summary>
internal static class WireFields
{
    /// <summary>Reads a variable-length number and moves behind it.</summary>
    public static ulong ReadVarint(ReadOnlySpan<byte> bytes, ref int position)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64 && position < bytes.Length; shift += 7)
        {
            var part = bytes[position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Malformed();
    }

    /// <summary>Reads the bytes of a length-delimited field and moves behind them.</summary>
    public static ReadOnlySpan<byte> ReadBytes(ReadOnlySpan<byte> bytes, scoped ref int position)
    {
        var length = ReadVarint(bytes, ref position);
        if (length > (ulong)(bytes.Length - position))
        {
            throw Malformed();
        }

        position += (int)length;
        return bytes.Slice(position - (int)length, (int)length);
    }

    /// <summary>Moves behind a field of any type.</summary>
    public static void Skip(ReadOnlySpan<byte> bytes, WireFormat.WireType type, ref int position)
    {
        switch (type)
        {
            case WireFormat.WireType.Varint:
                ReadVarint(bytes, ref position);
                break;
            case WireFormat.WireType.LengthDelimited:
                ReadBytes(bytes, ref position);
                break;
            case WireFormat.WireType.Fixed64 when bytes.Length - position >= sizeof(ulong):
                position += sizeof(ulong);
                break;
            case WireFormat.WireType.Fixed32 when bytes.Length - position >= sizeof(uint):
                position += sizeof(uint);
                break;
            default:
                throw Malformed();
        }
    }

    /// <summary>What is thrown for bytes that are no message.</summary>
    public static InvalidDataException Malformed() => new("A block in the journal is not laid out as blocks are.");
}
