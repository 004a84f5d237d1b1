namespace Calibrate.Reports.Exports.Hdf5;

/// <summary>
/// The state of NumPy's Mersenne twister after <c>numpy.random.seed</c>: what emcee keeps of its generator. Calibrate has no generator state;
/// with this one emcee goes on from an exported chain reproducibly.
/// </summary>
/// <remarks>Matsumoto and Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998); the multiplier is that of its <c>init_genrand</c> of 2002, after Knuth, TAOCP 2, 3rd edition, p. 106.</remarks>
internal static class MersenneTwister
{
    /// <summary>Words of the state, and the position after seeding: all used up.</summary>
    public const int Words = 624;

    /// <summary>The state of a seed.</summary>
    public static uint[] StateOf(uint seed)
    {
        var state = new uint[Words];
        state[0] = seed;
        for (var i = 1; i < Words; i++)
        {
            state[i] = unchecked((1812433253u * (state[i - 1] ^ (state[i - 1] >> 30))) + (uint)i);
        }

        return state;
    }
}
