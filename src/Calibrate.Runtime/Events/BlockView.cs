using System.Runtime.InteropServices;
using Google.Protobuf;

namespace Calibrate.Runtime.Events;

/// <summary>
/// An <c>IterationsAdvanced</c> payload read in place: readers go over gigabytes of blocks and want one column of each, so nothing is
/// copied and nothing is allocated.
/// </summary>
internal readonly ref struct BlockView
{
    private BlockView(ReadOnlySpan<byte> payload)
    {
        for (var position = 0; position < payload.Length;)
        {
            var tag = WireFields.ReadVarint(payload, ref position);
            var (field, type) = ((int)(tag >> 3), (WireFormat.WireType)(tag & 7));
            if (type == WireFormat.WireType.Varint)
            {
                var number = WireFields.ReadVarint(payload, ref position);
                switch (field)
                {
                    case Wire.IterationsAdvanced.VersionFieldNumber:
                        RunEventCodec.CheckVersion((uint)number);
                        break;
                    case Wire.IterationsAdvanced.EnsembleFieldNumber:
                        Ensemble = (int)number;
                        break;
                    case Wire.IterationsAdvanced.FromFieldNumber:
                        From = (int)(number >> 1) ^ -(int)(number & 1);
                        break;
                    case Wire.IterationsAdvanced.ToFieldNumber:
                        To = (int)number;
                        break;
                    case Wire.IterationsAdvanced.WalkersFieldNumber:
                        Walkers = (int)number;
                        break;
                    case Wire.IterationsAdvanced.DimensionFieldNumber:
                        Dimension = (int)number;
                        break;
                    case Wire.IterationsAdvanced.RecordedCountFieldNumber:
                        RecordedCount = (int)number;
                        break;
                    case Wire.IterationsAdvanced.RowsFieldNumber:
                        Rows = (int)number;
                        break;
                    case Wire.IterationsAdvanced.WalkerStepsFieldNumber:
                        WalkerSteps = (long)number;
                        break;
                    case Wire.IterationsAdvanced.AcceptedFieldNumber:
                        Accepted = (long)number;
                        break;
                }
            }
            else if (type == WireFormat.WireType.LengthDelimited)
            {
                var bytes = WireFields.ReadBytes(payload, ref position);
                switch (field)
                {
                    case Wire.IterationsAdvanced.PositionsFieldNumber:
                        Positions = MemoryMarshal.Cast<byte, double>(bytes);
                        break;
                    case Wire.IterationsAdvanced.LogPosteriorsFieldNumber:
                        LogPosteriors = MemoryMarshal.Cast<byte, double>(bytes);
                        break;
                    case Wire.IterationsAdvanced.RecordedFieldNumber:
                        Recorded = MemoryMarshal.Cast<byte, double>(bytes);
                        break;
                    case Wire.IterationsAdvanced.DigestsFieldNumber:
                        Digests = MemoryMarshal.Cast<byte, ulong>(bytes);
                        break;
                    case Wire.IterationsAdvanced.AcceptedByWalkerFieldNumber:
                        AcceptedByWalker = MemoryMarshal.Cast<byte, long>(bytes);
                        break;
                }
            }
            else
            {
                WireFields.Skip(payload, type, ref position);
            }
        }
    }

    public int Ensemble { get; }

    public int From { get; }

    public int To { get; }

    public int Walkers { get; }

    public int Dimension { get; }

    public int RecordedCount { get; }

    public int Rows { get; }

    public long WalkerSteps { get; }

    public long Accepted { get; }

    /// <summary>Sampled-space positions, [row][parameter][walker].</summary>
    public ReadOnlySpan<double> Positions { get; }

    /// <summary>[row][walker].</summary>
    public ReadOnlySpan<double> LogPosteriors { get; }

    /// <summary>[row][output][walker].</summary>
    public ReadOnlySpan<double> Recorded { get; }

    /// <summary>Two words per iteration in (From, To].</summary>
    public ReadOnlySpan<ulong> Digests { get; }

    /// <summary>Accepted steps of each walker over the iterations in (From, To]; those of a chain that has no walkers are none.</summary>
    public ReadOnlySpan<long> AcceptedByWalker { get; }

    /// <summary>Reads a payload in place.</summary>
    /// <param name="payload">The payload, which must outlive the view.</param>
    /// <exception cref="InvalidDataException">The payload is no block.</exception>
    public static BlockView Of(ReadOnlySpan<byte> payload)
    {
        var view = new BlockView(payload);
        return view.To > view.From
            && view.Positions.Length == (long)view.Rows * view.Dimension * view.Walkers
            && view.LogPosteriors.Length == (long)view.Rows * view.Walkers
            && view.Recorded.Length == (long)view.Rows * view.RecordedCount * view.Walkers
            && view.Digests.Length == 2L * (view.To - view.From)
            ? view
            : throw WireFields.Malformed();
    }
}
