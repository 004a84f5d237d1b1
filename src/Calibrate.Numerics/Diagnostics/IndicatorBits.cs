using System.Numerics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Autocovariances of a series of zeros and ones, sixty-four draws to a word: a lagged product is one shift, one AND and one
/// population count. Sums are exact integers.
/// </summary>
internal static class IndicatorBits
{
    private const int WordBits = 64;

    /// <summary>Number of words for a series; one more than needed, so that a shifted word always has a successor.</summary>
    public static int Words(int length) => (length / WordBits) + 2;

    /// <summary>Packs <c>values[i] ≤ threshold</c> into bits; bits beyond the series are 0.</summary>
    /// <returns>Number of ones.</returns>
    public static int Pack(ReadOnlySpan<double> values, double threshold, Span<ulong> bits)
    {
        bits.Clear();
        var ones = 0;
        for (var word = 0; word * WordBits < values.Length; word++)
        {
            var draws = values[(word * WordBits)..Math.Min(values.Length, (word + 1) * WordBits)];
            var packed = 0UL;
            for (var bit = 0; bit < draws.Length; bit++)
            {
                packed |= (draws[bit] <= threshold ? 1UL : 0UL) << bit;
            }

            bits[word] = packed;
            ones += BitOperations.PopCount(packed);
        }

        return ones;
    }

    /// <summary>Adds the centred lagged products Σᵢ (bᵢ - m)(bᵢ₊ₜ - m), m the mean, to <c>sums[t]</c> for <c>from ≤ t &lt; to</c>.</summary>
    /// <param name="bits">Packed series.</param>
    /// <param name="length">Number of draws in it.</param>
    /// <param name="ones">Number of ones in it.</param>
    /// <param name="from">First lag.</param>
    /// <param name="to">End of the lags.</param>
    /// <param name="sums">Sums by lag.</param>
    public static void AddProducts(ReadOnlySpan<ulong> bits, int length, int ones, int from, int to, Span<double> sums)
    {
        var mean = (double)ones / length;
        var (head, tail) = (0, 0);
        for (var i = 0; i < Math.Min(from, length); i++)
        {
            head += Bit(bits, i);
            tail += Bit(bits, length - 1 - i);
        }

        for (var lag = from; lag < to && lag < length; lag++)
        {
            // Without the first `lag` draws, and without the last ones.
            var edges = (ones - head) + (ones - tail);
            sums[lag] += CountPairs(bits, lag) - (mean * edges) + ((length - lag) * mean * mean);
            head += Bit(bits, lag);
            tail += Bit(bits, length - 1 - lag);
        }
    }

    private static long CountPairs(ReadOnlySpan<ulong> bits, int lag)
    {
        var (shift, offset) = (lag % WordBits, lag / WordBits);
        var words = bits.Length - 1 - offset;
        var lower = bits.Slice(offset, words);
        var upper = bits.Slice(offset + 1, words);
        var first = bits[..words];
        var pairs = 0L;
        for (var i = 0; i < first.Length; i++)
        {
            // Shifting by 63 - shift and one more is a shift by 64 - shift that is also right for shift = 0.
            var shifted = (lower[i] >> shift) | (upper[i] << (WordBits - 1 - shift) << 1);
            pairs += BitOperations.PopCount(first[i] & shifted);
        }

        return pairs;
    }

    private static int Bit(ReadOnlySpan<ulong> bits, int index) => (int)(bits[index / WordBits] >> (index % WordBits)) & 1;
}
