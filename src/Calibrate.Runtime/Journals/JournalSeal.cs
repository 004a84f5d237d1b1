using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Calibrate.Runtime.Journals;

/// <summary>
/// Computes the journal seal, the same for every provider (docs/formats/journal.md has it with known answers).
/// An instance is for one thread at a time.
/// </summary>
/// <remarks>
/// Event: header = sequence (int64), epoch (int64), kind (int32), little-endian;
/// CRC-32C over header and payload; SHA-256 over the predecessor's SHA-256, header and payload.
/// Snapshot: the same with the SHA-256 of the event at its sequence as predecessor, epoch 0 and kind
/// <see cref="SnapshotKind"/>, which no event may have, so that neither can be passed off as the other.
/// </remarks>
public sealed class JournalSeal : IDisposable
{
    /// <summary>The kind that is sealed into snapshots; events have a kind of at least 0.</summary>
    public const int SnapshotKind = -1;

    private const int HeaderBytes = sizeof(long) + sizeof(long) + sizeof(int);
    private const int DigestBytes = SHA256.HashSizeInBytes;

    private readonly IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The seal of an event.</summary>
    /// <param name="previous">The seal of the event before it, or <see cref="Seal.Genesis"/> for sequence 1.</param>
    /// <param name="sequence">From 1.</param>
    /// <param name="epoch">From 1.</param>
    /// <param name="kind">At least 0.</param>
    /// <param name="payload">Its content.</param>
    public Seal OfEvent(Seal previous, long sequence, long epoch, int kind, ReadOnlySpan<byte> payload) =>
        Compute(previous, sequence, epoch, kind, payload);

    /// <summary>The seal of a snapshot.</summary>
    /// <param name="last">The seal of the event at <paramref name="sequence"/>.</param>
    /// <param name="sequence">The last event that is folded in.</param>
    /// <param name="payload">Its content.</param>
    public Seal OfSnapshot(Seal last, long sequence, ReadOnlySpan<byte> payload) =>
        Compute(last, sequence, epoch: 0, SnapshotKind, payload);

    /// <inheritdoc/>
    public void Dispose() => sha256.Dispose();

    private Seal Compute(Seal previous, long sequence, long epoch, int kind, ReadOnlySpan<byte> payload)
    {
        Span<byte> prefix = stackalloc byte[DigestBytes + HeaderBytes];
        previous.CopySha256(prefix);
        var header = prefix[DigestBytes..];
        BinaryPrimitives.WriteInt64LittleEndian(header, sequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], epoch);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], kind);

        var crc = Crc32C.Append(Crc32C.Of(header), payload);

        Span<byte> digest = stackalloc byte[DigestBytes];
        sha256.AppendData(prefix);
        sha256.AppendData(payload);
        sha256.GetHashAndReset(digest);
        return Seal.Create(crc, digest);
    }
}
