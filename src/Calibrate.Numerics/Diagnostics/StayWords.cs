using System.Numerics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// How a stay, equal draws in a row, is packed into 32 bits: the index of its first draw, then its length less one in the bits that
/// are left, at most eight. A longer stay becomes several that tie.
/// </summary>
internal readonly struct StayWords
{
    private const int MaximumLengthBits = 8;

    private readonly int lengthBits;

    /// <param name="draws">Number of draws, at least one; two to the power of 31 at most.</param>
    public StayWords(int draws)
    {
        var indexBits = 32 - BitOperations.LeadingZeroCount((uint)draws - 1);
        lengthBits = Math.Min(MaximumLengthBits, 32 - indexBits);
        Bits = indexBits + lengthBits;
    }

    /// <summary>Number of low bits that a packed stay uses.</summary>
    public int Bits { get; }

    /// <summary>Longest stay that can be packed.</summary>
    public int MaximumLength => 1 << lengthBits;

    public uint Pack(int first, int length) => ((uint)first << lengthBits) | (uint)(length - 1);

    public int First(uint packed) => (int)(packed >> lengthBits);

    public int Length(uint packed) => (int)(packed & ((1U << lengthBits) - 1)) + 1;
}
