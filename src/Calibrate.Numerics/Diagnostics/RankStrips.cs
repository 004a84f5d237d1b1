using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>Cuts the range of the keys to rank into strips of about equally many draws, at quantiles of a regular sample of them.</summary>
internal static class RankStrips
{
    /// <summary>Draws per strip: its words and their sorted copy take 84 MB.</summary>
    public const int DefaultDraws = 1 << 22;

    private const int SampleSize = 1 << 14;

    /// <summary>Words that a strip must be able to hold: a quarter more, for the error of the sample.</summary>
    public static int Capacity(int stripDraws) => stripDraws + (stripDraws / 4);

    /// <summary>Plans the strips in ascending order; bounds are inclusive and neighbours leave no gap.</summary>
    /// <param name="draws">Draws without NaN.</param>
    /// <param name="keys">What to rank.</param>
    /// <param name="stripDraws">Draws per strip.</param>
    public static List<(ulong Low, ulong High)> Plan<TKey>(ReadOnlySpan<double> draws, TKey keys, int stripDraws)
        where TKey : struct, IOrderedKey
    {
        var (low, high) = Range(draws, keys);
        var strips = new List<(ulong Low, ulong High)>();
        var count = (draws.Length + stripDraws - 1) / stripDraws;
        var sample = count > 1 ? Sample(draws, keys) : [];
        for (var k = 1; k < count; k++)
        {
            var cut = sample[Place(k, count)];
            if (cut < low)
            {
                continue;
            }

            // A value that reaches to the next cut becomes a strip by itself: it needs no sorting.
            if (cut > low && cut == sample[Place(k + 1, count)])
            {
                strips.Add((low, cut - 1));
                low = cut;
            }

            strips.Add((low, cut));
            low = cut + 1;
        }

        if (low <= high)
        {
            strips.Add((low, high));
        }

        return strips;
    }

    private static (ulong Low, ulong High) Range<TKey>(ReadOnlySpan<double> draws, TKey keys)
        where TKey : struct, IOrderedKey
    {
        var (low, high) = (Vector512<ulong>.AllBitsSet, Vector512<ulong>.Zero);
        var groups = MemoryMarshal.Cast<double, Vector512<double>>(draws);
        foreach (var group in groups)
        {
            var key = keys.Of(group);
            low = Vector512.Min(low, key);
            high = Vector512.Max(high, key);
        }

        var (lowest, highest) = (ulong.MaxValue, ulong.MinValue);
        for (var lane = 0; lane < Vector512<ulong>.Count; lane++)
        {
            lowest = Math.Min(lowest, low[lane]);
            highest = Math.Max(highest, high[lane]);
        }

        foreach (var draw in draws[(groups.Length * Vector512<double>.Count)..])
        {
            lowest = Math.Min(lowest, keys.Of(draw));
            highest = Math.Max(highest, keys.Of(draw));
        }

        return (lowest, highest);
    }

    private static int Place(int cut, int count) => Math.Min(SampleSize - 1, (int)((long)cut * SampleSize / count));

    private static ulong[] Sample<TKey>(ReadOnlySpan<double> draws, TKey keys)
        where TKey : struct, IOrderedKey
    {
        var sample = new ulong[SampleSize];
        for (var i = 0; i < SampleSize; i++)
        {
            sample[i] = keys.Of(draws[(int)((long)i * draws.Length / SampleSize)]);
        }

        Array.Sort(sample);
        return sample;
    }
}
