using System.Buffers;
using System.Runtime.InteropServices;

namespace Calibrate.Runtime.Journals;

/// <summary>
/// Where the payloads that a provider reads go: into arrays of their own, or into pooled ones that are taken back once the reader has moved on, so that
/// reading gigabytes leaves no garbage behind.
/// </summary>
public sealed class PayloadMemory
{
    private readonly bool lends;

    private PayloadMemory(bool lends) => this.lends = lends;

    /// <summary>Every payload is the reader's to keep.</summary>
    public static PayloadMemory Own { get; } = new(lends: false);

    /// <summary>Payloads are valid until they are taken back.</summary>
    public static PayloadMemory Lent { get; } = new(lends: true);

    /// <summary>Memory for a payload that is about to be read; its content is undefined.</summary>
    /// <param name="bytes">Its length.</param>
    public Memory<byte> Take(int bytes) =>
        (lends ? ArrayPool<byte>.Shared.Rent(bytes) : GC.AllocateUninitializedArray<byte>(bytes)).AsMemory(0, bytes);

    /// <summary>A copy of bytes that are about to change.</summary>
    /// <param name="bytes">The bytes.</param>
    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        var copy = Take(bytes.Length);
        bytes.CopyTo(copy.Span);
        return copy;
    }

    /// <summary>Takes back the payloads of a batch, if they were lent.</summary>
    /// <param name="batch">Events that nobody reads any more.</param>
    public void TakeBack(IReadOnlyList<JournalEntry> batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var entry in lends ? batch : [])
        {
            if (MemoryMarshal.TryGetArray(entry.Payload, out var segment) && segment.Array is { Length: > 0 } array)
            {
                ArrayPool<byte>.Shared.Return(array);
            }
        }
    }
}
