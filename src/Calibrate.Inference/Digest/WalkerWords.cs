using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Calibrate.Inference.Digest;

/// <summary>
/// The words of every walker that a digest absorbs, acceptance, log posterior, then position, and their hash: one walker
/// at a time or eight.
/// </summary>
internal readonly ref struct WalkerWords
{
    private readonly ref readonly byte accepted;
    private readonly ref readonly double logPosteriors;
    private readonly ref readonly double positions;
    private readonly int stride;
    private readonly int dimension;

    /// <summary>Wraps spans that are already known to be long enough: the hot path does not check again.</summary>
    public WalkerWords(
        ReadOnlySpan<byte> accepted, ReadOnlySpan<double> logPosteriors, ReadOnlySpan<double> positions, int stride, int dimension)
    {
        this.accepted = ref MemoryMarshal.GetReference(accepted);
        this.logPosteriors = ref MemoryMarshal.GetReference(logPosteriors);
        this.positions = ref MemoryMarshal.GetReference(positions);
        this.stride = stride;
        this.dimension = dimension;
    }

    /// <summary>Hash of one walker.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong HashOf(int walker)
    {
        ulong hash = ChainDigest.Mix(ChainDigest.Start, Unsafe.Add(ref Unsafe.AsRef(in accepted), walker), ChainDigest.WalkerMultiplier);
        hash = MixBitsOf(hash, Unsafe.Add(ref Unsafe.AsRef(in logPosteriors), walker));
        for (int j = 0; j < dimension; j++)
        {
            hash = MixBitsOf(hash, Unsafe.Add(ref Unsafe.AsRef(in positions), (nint)j * stride + walker));
        }

        return hash;
    }

    /// <summary>Hashes of eight neighbouring walkers, one per lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<ulong> HashOfEight(int walker)
    {
        Vector512<ulong> multiplier = Vector512.Create(ChainDigest.WalkerMultiplier);
        Vector512<ulong> hash = ChainDigest.Mix(Vector512.Create(ChainDigest.Start), EightBytes(walker), multiplier);
        hash = ChainDigest.Mix(hash, Vector512.LoadUnsafe(in logPosteriors, (nuint)walker).AsUInt64(), multiplier);
        for (int j = 0; j < dimension; j++)
        {
            hash = ChainDigest.Mix(hash, Vector512.LoadUnsafe(in positions, (nuint)((nint)j * stride + walker)).AsUInt64(), multiplier);
        }

        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong MixBitsOf(ulong hash, double word) =>
        ChainDigest.Mix(hash, BitConverter.DoubleToUInt64Bits(word), ChainDigest.WalkerMultiplier);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<ulong> EightBytes(int walker)
    {
        ulong packed = Unsafe.ReadUnaligned<ulong>(in Unsafe.Add(ref Unsafe.AsRef(in accepted), walker));
        Vector128<ushort> shorts = Vector128.WidenLower(Vector128.CreateScalar(packed).AsByte());
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(shorts);
        Vector256<uint> words = Vector256.Create(low, high);
        (Vector256<ulong> lower, Vector256<ulong> upper) = Vector256.Widen(words);
        return Vector512.Create(lower, upper);
    }
}
