using System.Numerics;
using System.Runtime.InteropServices;

namespace Calibrate.Runtime.Cluster;

/// <summary>
/// A 64-bit hash of a parameter vector's bits: together with the run and the <see cref="Inference.EvaluationId"/> it tells one task from another
/// that has the same name, as after a journal was restored from a backup. It guards against accidents, not against attackers.
/// </summary>
/// <remarks>
/// <para>
/// h = 0x243F6A8885A308D3 XOR (number of parameters); for every parameter in order, with its IEEE 754 bits v:
/// h = rotl((h XOR v) * 0x9E3779B97F4A7C15, 29); then the finaliser: h ^= h >> 30, h *= 0xBF58476D1CE4E5B9, h ^= h >> 27,
/// h *= 0x94D049BB133111EB, h ^= h >> 31. All arithmetic is modulo 2^64.
/// </para>
/// <para>
/// Every step is a bijection of h for given v, and of v for given h: two vectors of the same length that differ in one parameter never share a
/// hash. The finaliser is David Stafford's variant 13 of MurmurHash3's ("Better bit mixing", 2011), as in Steele, Lea and Flood's
/// SplitMix64 (OOPSLA 2014); the first constants are fractional digits of pi and 2^64 divided by the golden ratio.
/// Signed zeros differ, and so do the bit patterns of NaN: bits are compared, not numbers.
/// </para>
/// </remarks>
public static class ParameterHash
{
    private const ulong Start = 0x243F6A8885A308D3;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>The hash of a vector.</summary>
    /// <param name="parameters">The vector, in natural space.</param>
    public static ulong Of(ReadOnlySpan<double> parameters) => Of(MemoryMarshal.Cast<double, ulong>(parameters));

    /// <summary>The hash of words.</summary>
    /// <param name="words">The words.</param>
    internal static ulong Of(ReadOnlySpan<ulong> words)
    {
        var hash = Start ^ (ulong)words.Length;
        foreach (var word in words)
        {
            hash = BitOperations.RotateLeft((hash ^ word) * Multiplier, 29);
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
