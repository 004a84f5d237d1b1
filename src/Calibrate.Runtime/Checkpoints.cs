using System.Numerics;

namespace Calibrate.Runtime;

/// <summary>
/// The iterations at which convergence is judged: ceil(100 * 1.2^k). They are fixed in advance so that no clock and no arrival
/// order decides where a run stops, and grow geometrically so that judging costs a bounded share of the run.
/// </summary>
public static class Checkpoints
{
    private static readonly int[] Table = [.. Enumerate()];

    /// <summary>The first checkpoint after an iteration; <see cref="int.MaxValue"/> when there is none below 2^31.</summary>
    /// <param name="iteration">Any iteration, 0 or more.</param>
    public static int After(int iteration)
    {
        var index = Array.BinarySearch(Table, iteration);
        index = index >= 0 ? index + 1 : ~index;
        return index < Table.Length ? Table[index] : int.MaxValue;
    }

    /// <summary>The last checkpoint at or before an iteration; 0 when there is none.</summary>
    /// <param name="iteration">Any iteration, 0 or more.</param>
    public static int AtOrBefore(int iteration)
    {
        var index = Array.BinarySearch(Table, iteration);
        index = index >= 0 ? index : ~index - 1;
        return index >= 0 ? Table[index] : 0;
    }

    // Exact: 100 * 1.2^k = 100 * 6^k / 5^k in integers, so that no rounding of Math.Pow can move a checkpoint.
    private static IEnumerable<int> Enumerate()
    {
        for (var (numerator, denominator) = (new BigInteger(100), BigInteger.One); ; numerator *= 6, denominator *= 5)
        {
            var checkpoint = (numerator + denominator - 1) / denominator;
            if (checkpoint > int.MaxValue)
            {
                yield break;
            }

            yield return (int)checkpoint;
        }
    }
}
