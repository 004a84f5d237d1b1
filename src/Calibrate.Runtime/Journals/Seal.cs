using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Calibrate.Runtime.Journals;

/// <summary>
/// The journal seal of one event or snapshot: a CRC-32C over its own content and a SHA-256 that also covers the seal of
/// its predecessor. <see cref="JournalSeal"/> computes it; providers store its 36 bytes and never look inside.
/// </summary>
/// <remarks>The journal seal is not the chain hash: it covers the journal's bytes, the chain hash covers the walkers.</remarks>
public readonly record struct Seal
{
    /// <summary>Bytes of a stored seal: 4 of CRC-32C (little-endian), then 32 of SHA-256.</summary>
    public const int SizeInBytes = 36;

    private readonly Sha256Value digest;

    private Seal(uint crc, ReadOnlySpan<byte> sha256)
    {
        Crc32C = crc;
        sha256.CopyTo(digest);
    }

    /// <summary>What the first event of a run is chained to: all zero.</summary>
    public static Seal Genesis => default;

    /// <summary>CRC-32C (Castagnoli) of the content.</summary>
    public uint Crc32C { get; }

    /// <summary>The chained SHA-256 in lower-case hexadecimal.</summary>
    public string Sha256 => Convert.ToHexStringLower(digest);

    /// <summary>Reads a stored seal.</summary>
    /// <param name="stored">Exactly <see cref="SizeInBytes"/> bytes.</param>
    public static Seal Read(ReadOnlySpan<byte> stored)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(stored.Length, SizeInBytes);
        return new Seal(BinaryPrimitives.ReadUInt32LittleEndian(stored), stored[sizeof(uint)..]);
    }

    /// <summary>Writes the seal as it is stored.</summary>
    /// <param name="destination">At least <see cref="SizeInBytes"/> bytes.</param>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Crc32C);
        CopySha256(destination[sizeof(uint)..]);
    }

    /// <summary>The seal as it is stored: <see cref="SizeInBytes"/> bytes.</summary>
    public byte[] ToArray()
    {
        var stored = new byte[SizeInBytes];
        Write(stored);
        return stored;
    }

    /// <inheritdoc/>
    public bool Equals(Seal other) => Crc32C == other.Crc32C && ((ReadOnlySpan<byte>)digest).SequenceEqual(other.digest);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)Crc32C;

    /// <inheritdoc/>
    public override string ToString() => Sha256;

    internal static Seal Create(uint crc, ReadOnlySpan<byte> sha256) => new(crc, sha256);

    internal void CopySha256(Span<byte> destination) => ((ReadOnlySpan<byte>)digest).CopyTo(destination);

    [InlineArray(32)]
    private struct Sha256Value
    {
        private byte first;
    }
}
