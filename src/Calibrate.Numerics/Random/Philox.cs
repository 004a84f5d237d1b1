namespace Calibrate.Numerics.Random;

/// <summary>
/// Philox4x32-10: a counter-based random number generator. Four counter words and two key words give four random words
/// by ten rounds of multiplication and exclusive or.
/// </summary>
/// <remarks>
/// Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11 (2011), section 3.3 and table 2; the
/// multipliers and the Weyl increments of the key are theirs. It passes TestU01's BigCrush.
/// </remarks>
public static class Philox
{
    /// <summary>Multiplier of counter word 0.</summary>
    internal const uint Multiplier0 = 0xD2511F53;

    /// <summary>Multiplier of counter word 2.</summary>
    internal const uint Multiplier1 = 0xCD9E8D57;

    /// <summary>Added to the low key word after a round: the golden ratio.</summary>
    internal const uint Weyl0 = 0x9E3779B9;

    /// <summary>Added to the high key word after a round: the square root of 3, less 1.</summary>
    internal const uint Weyl1 = 0xBB67AE85;

    /// <summary>Number of rounds.</summary>
    internal const int Rounds = 10;

    /// <summary>The random block at <paramref name="counter"/> in the universe of <paramref name="key"/>.</summary>
    public static PhiloxBlock Block(PhiloxKey key, PhiloxCounter counter)
    {
        uint c0 = counter.Walker;
        uint c1 = counter.Iteration;
        uint c2 = counter.Ensemble;
        uint c3 = counter.PurposeAndBlock;
        uint k0 = key.Low;
        uint k1 = key.High;
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ k0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ k1;
            c3 = (uint)product0;
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return new PhiloxBlock(c0, c1, c2, c3);
    }
}
