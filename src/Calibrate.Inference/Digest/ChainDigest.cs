using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Calibrate.Inference.Digest;

/// <summary>
/// The running digest of one ensemble's chain: 128 bits that depend on every acceptance, log posterior and position since
/// iteration 0, whatever was thinned away. Two chains are the same exactly when their digests are, up to an accident of
/// about 2^-64. It is no cryptographic hash: the journal's seal guards against tampering, this against going astray.
/// </summary>
/// <remarks>
/// Specified with known answers in <c>docs/formats/chain-digest.md</c>. Walkers are hashed independently of each other and
/// gathered into eight lanes, so that eight of them are absorbed at a time and the result does not depend on the
/// width of the machine's vectors.
/// </remarks>
/// <param name="First">State word a.</param>
/// <param name="Second">State word b.</param>
public readonly record struct ChainDigest(ulong First, ulong Second)
{
    /// <summary>Length of the serialised form in bytes.</summary>
    public const int ByteCount = 16;

    /// <summary>Fractional digits of pi: the start of every walker's hash, and what the iteration number is mixed with.</summary>
    internal const ulong Start = 0x243F6A8885A308D3;

    /// <summary>2^64 divided by the golden ratio, made odd: multiplier of the walkers' hashes, and spacing of the lanes.</summary>
    internal const ulong WalkerMultiplier = 0x9E3779B97F4A7C15;

    /// <summary>Multiplier of the lanes: the first constant of Stafford's variant 13 of the MurmurHash3 finaliser.</summary>
    internal const ulong LaneMultiplier = 0xBF58476D1CE4E5B9;

    /// <summary>Multiplier of state word a: the second constant of Stafford's variant 13.</summary>
    internal const ulong FirstMultiplier = 0x94D049BB133111EB;

    /// <summary>Multiplier of state word b: the constant of Degski's 64-bit finaliser.</summary>
    internal const ulong SecondMultiplier = 0xD6E8FEB86659FD93;

    private const int Lanes = 8;

    /// <summary>The digest of a chain that has no iteration yet.</summary>
    public static ChainDigest Empty => default;

    /// <summary>The digest after one more iteration of the whole ensemble.</summary>
    /// <param name="iteration">The iteration's number; 0 is the initial ensemble.</param>
    /// <param name="accepted">Per walker: 1 where its proposal of this iteration was accepted, else 0.</param>
    /// <param name="logPosteriors">Per walker: log likelihood plus log prior after the iteration.</param>
    /// <param name="positions">Sampled-space position after the iteration: parameter j of walker w at <c>j * walkers + w</c>.</param>
    /// <param name="walkers">Number of walkers.</param>
    /// <param name="dimension">Number of sampled parameters.</param>
    /// <exception cref="ArgumentException">A span is shorter than the shape says.</exception>
    public ChainDigest Advance(
        int iteration, ReadOnlySpan<byte> accepted, ReadOnlySpan<double> logPosteriors, ReadOnlySpan<double> positions, int walkers, int dimension) =>
        Advance(iteration, accepted, logPosteriors, positions, walkers, dimension, walkers);

    /// <summary>The same over rows that lie <paramref name="stride"/> apart.</summary>
    internal ChainDigest Advance(
        int iteration,
        ReadOnlySpan<byte> accepted,
        ReadOnlySpan<double> logPosteriors,
        ReadOnlySpan<double> positions,
        int walkers,
        int dimension,
        int stride)
    {
        bool isShape = walkers >= 0 && dimension >= 0 && stride >= walkers;
        if (!isShape || accepted.Length < walkers || logPosteriors.Length < walkers || positions.Length < ((long)stride * (dimension - 1)) + walkers)
        {
            throw new ArgumentException($"The spans are too short for {walkers} walkers of dimension {dimension}.");
        }

        WalkerWords words = new(accepted, logPosteriors, positions, stride, dimension);
        int vectorised = Vector256.IsHardwareAccelerated ? walkers - (walkers % Lanes) : 0;
        Vector512<ulong> lanes = LaneStarts;
        for (int walker = 0; walker < vectorised; walker += Lanes)
        {
            lanes = Mix(lanes, words.HashOfEight(walker), Vector512.Create(LaneMultiplier));
        }

        Span<ulong> gathered = stackalloc ulong[Lanes];
        lanes.CopyTo(gathered);
        for (int walker = vectorised; walker < walkers; walker++)
        {
            gathered[walker % Lanes] = Mix(gathered[walker % Lanes], words.HashOf(walker), LaneMultiplier);
        }

        return Absorb((uint)iteration, gathered);
    }

    /// <summary>Writes the two state words, little-endian.</summary>
    /// <param name="destination">At least <see cref="ByteCount"/> bytes.</param>
    public void WriteTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, First);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Second);
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <param name="source">At least <see cref="ByteCount"/> bytes.</param>
    public static ChainDigest ReadFrom(ReadOnlySpan<byte> source) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(source), BinaryPrimitives.ReadUInt64LittleEndian(source[8..]));

    /// <summary>The state as 32 hexadecimal digits, first word first, most significant digit first.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First:x16}{Second:x16}");

    /// <summary>One step of every hash here: a bijection in either argument, so that no single difference is ever lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong state, ulong word, ulong multiplier)
    {
        ulong product = (state ^ word) * multiplier;
        return product ^ (product >> 32);
    }

    /// <summary><see cref="Mix(ulong, ulong, ulong)"/> in eight lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<ulong> Mix(Vector512<ulong> state, Vector512<ulong> word, Vector512<ulong> multiplier)
    {
        Vector512<ulong> product = (state ^ word) * multiplier;
        return product ^ Vector512.ShiftRightLogical(product, 32);
    }

    private static Vector512<ulong> LaneStarts => (Vector512<ulong>.Indices + Vector512<ulong>.One) * Vector512.Create(WalkerMultiplier);

    private ChainDigest Absorb(uint iteration, ReadOnlySpan<ulong> lanes)
    {
        ulong first = Mix(First, Start ^ iteration, FirstMultiplier);
        ulong second = Mix(Second, Start ^ iteration, SecondMultiplier);
        foreach (ulong lane in lanes)
        {
            first = Mix(first, lane, FirstMultiplier);
            second = Mix(second, BitOperations.RotateLeft(lane, 32), SecondMultiplier);
        }

        return new ChainDigest(first, second);
    }
}
