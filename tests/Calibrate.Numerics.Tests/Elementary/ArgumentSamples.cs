using Calibrate.Numerics.Random;

namespace Calibrate.Numerics.Tests;

/// <summary>Arguments that reach every exponent, and the ones where implementations usually go wrong.</summary>
internal static class ArgumentSamples
{
    public static readonly double[] Awkward =
    [
        0.0, -0.0, 1.0, -1.0, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN, 0.5, 2.0, 1e-310, 709.9, -745.2, 710, -746, 1e9, -1e9,
        Math.BitDecrement(1.0), Math.BitIncrement(1.0), 0.70710678118654746, 1.4142135623730951,
    ];

    /// <summary>Positive finite doubles, uniform over their bits: every exponent is equally likely.</summary>
    public static IEnumerable<double> PositiveDoubles(int count)
    {
        PhiloxKey key = PhiloxKey.FromSeed(7);
        for (int i = 0; i < count; i++)
        {
            PhiloxBlock block = Philox.Block(key, new PhiloxCounter((uint)i, 0, 0, 0));
            ulong bits = ((ulong)block.W0 << 32) | block.W1;
            yield return BitConverter.UInt64BitsToDouble((bits % 0x7FEFFFFFFFFFFFFF) + 1);
        }
    }

    /// <summary>Numbers uniform in an interval.</summary>
    public static IEnumerable<double> Uniform(int count, double lower, double upper)
    {
        PhiloxKey key = PhiloxKey.FromSeed(8);
        for (int i = 0; i < count; i++)
        {
            yield return lower + ((upper - lower) * Philox.Block(key, new PhiloxCounter((uint)i, 0, 0, 0)).Uniform01);
        }
    }
}
