using Google.Protobuf;

namespace Calibrate.Runtime.Cluster.Wire;

/// <summary>Reads of an envelope only what it holds, without making anything of it.</summary>
internal static class WireHeader
{
    // Before the message itself stands only the version; more fields than this are nobody's envelope.
    private const int MostFields = 8;

    /// <summary>The kind of the last message in an envelope, which is the one that a parser keeps.</summary>
    /// <exception cref="InvalidDataException">The bytes are no envelope.</exception>
    public static Protobuf.Envelope.MessageOneofCase KindOf(ReadOnlySpan<byte> bytes)
    {
        var kind = Protobuf.Envelope.MessageOneofCase.None;
        var position = 0;
        for (var field = 0; position < bytes.Length; field++)
        {
            if (field == MostFields)
            {
                throw new InvalidDataException("an envelope with too many fields");
            }

            var tag = Varint(bytes, ref position);
            switch ((WireFormat.WireType)(tag & 7))
            {
                case WireFormat.WireType.Varint:
                    Varint(bytes, ref position);
                    break;
                case WireFormat.WireType.LengthDelimited:
                    var length = Varint(bytes, ref position);
                    if (length > (ulong)(bytes.Length - position))
                    {
                        throw new InvalidDataException("an envelope that ends early");
                    }

                    position += (int)length;
                    kind = (Protobuf.Envelope.MessageOneofCase)(tag >> 3 > int.MaxValue ? 0 : (int)(tag >> 3));
                    break;
                default:
                    throw new InvalidDataException("bytes that are no envelope");
            }
        }

        return kind;
    }

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int position)
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

        throw new InvalidDataException("an envelope that ends early");
    }
}
