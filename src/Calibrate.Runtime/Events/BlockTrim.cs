using System.Buffers;
using Google.Protobuf;

namespace Calibrate.Runtime.Events;

/// <summary>Cuts the draws out of an <c>IterationsAdvanced</c> payload, so that folding a journal does not copy gigabytes.</summary>
internal static class BlockTrim
{
    /// <summary>The message without positions, log posteriors, recorded outputs and digests.</summary>
    /// <param name="payload">The whole message.</param>
    /// <exception cref="InvalidDataException">The payload is no message.</exception>
    public static ReadOnlyMemory<byte> WithoutDraws(ReadOnlySpan<byte> payload)
    {
        var kept = new ArrayBufferWriter<byte>(4096);
        for (var position = 0; position < payload.Length;)
        {
            var start = position;
            var tag = WireFields.ReadVarint(payload, ref position);
            WireFields.Skip(payload, (WireFormat.WireType)(tag & 7), ref position);
            if ((int)(tag >> 3) is not (Wire.IterationsAdvanced.PositionsFieldNumber
                or Wire.IterationsAdvanced.LogPosteriorsFieldNumber
                or Wire.IterationsAdvanced.RecordedFieldNumber
                or Wire.IterationsAdvanced.DigestsFieldNumber))
            {
                kept.Write(payload[start..position]);
            }
        }

        return kept.WrittenMemory;
    }
}
