using System.Buffers;
using System.Runtime.InteropServices;
using Calibrate.Runtime.Journals;

namespace Calibrate.Journal.Sqlite;

/// <summary>
/// Where payloads that are read go: into arrays of their own, or into pooled ones that are taken back once the reader has moved on, so that
/// reading gigabytes leaves no garbage behind.
/// </summary>
internal sealed class PayloadMemory
{
    private readonly bool lends;

    private PayloadMemory(bool lends) => this.lends = lends;

    /// <summary>Every payload is the reader's to keep.</summary>
    public static PayloadMemory Own { get; } = new(lends: false);

    /// <summary>Payloads are valid until they are taken back.</summary>
    public static PayloadMemory Lent { get; } = new(lends: true);

    /// <summary>A copy of bytes that are about to change.</summary>
    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        var copy = lends ? ArrayPool<byte>.Shared.Rent(bytes.Length) : GC.AllocateUninitializedArray<byte>(bytes.Length);
        bytes.CopyTo(copy);
        return copy.AsMemory(0, bytes.Length);
    }

    /// <summary>Takes back the payloads of a batch, if they were lent.</summary>
    public void TakeBack(List<JournalEntry> batch)
    {
        foreach (var entry in lends ? batch : [])
        {
            if (MemoryMarshal.TryGetArray(entry.Payload, out var segment) && segment.Array is { Length: > 0 } array)
            {
                ArrayPool<byte>.Shared.Return(array);
            }
        }
    }
}
