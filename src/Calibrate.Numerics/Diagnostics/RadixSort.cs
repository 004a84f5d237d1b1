namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Least-significant-digit radix sort of words by their upper 32 bits, stable (Knuth, The Art of Computer Programming 3, section
/// 5.2.5, algorithm R). The lower 32 bits ride along.
/// </summary>
internal static class RadixSort
{
    private const int DigitBits = 8;
    private const int Buckets = 1 << DigitBits;
    private const int KeyShift = 32;

    /// <summary>Sorts the words.</summary>
    /// <param name="words">Words to sort; overwritten.</param>
    /// <param name="spare">As many words of work space.</param>
    /// <param name="keyBits">Number of low bits of the keys that can be set, 0 to 32.</param>
    /// <returns>Whichever of the two spans holds the sorted words.</returns>
    public static Span<ulong> ByUpperHalf(Span<ulong> words, Span<ulong> spare, int keyBits)
    {
        var digits = (keyBits + DigitBits - 1) / DigitBits;
        Span<int> counts = stackalloc int[4 * Buckets];
        Count(words, counts);
        for (var digit = 0; digit < digits; digit++)
        {
            var shift = KeyShift + (digit * DigitBits);
            var starts = counts.Slice(digit * Buckets, Buckets);
            if (starts[(int)(words[0] >> shift) & (Buckets - 1)] == words.Length)
            {
                continue;
            }

            Distribute(words, spare, starts, shift);
            var sorted = spare;
            spare = words;
            words = sorted;
        }

        return words;
    }

    /// <summary>Brings words into the order of their highest eight bits only, stable.</summary>
    /// <param name="words">Words to sort.</param>
    /// <param name="output">Receives the sorted words; as long.</param>
    /// <param name="bits">Number of low bits of the words that can be set.</param>
    /// <returns>The output.</returns>
    public static Span<ulong> ByTopDigit(ReadOnlySpan<ulong> words, Span<ulong> output, int bits)
    {
        var shift = bits - DigitBits;
        Span<int> starts = stackalloc int[Buckets];
        starts.Clear();
        foreach (var word in words)
        {
            starts[(int)(word >> shift)]++;
        }

        Distribute(words, output, starts, shift);
        return output;
    }

    private static void Distribute(ReadOnlySpan<ulong> words, Span<ulong> output, Span<int> counts, int shift)
    {
        var start = 0;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            (counts[bucket], start) = (start, start + counts[bucket]);
        }

        foreach (var word in words)
        {
            output[counts[(int)(word >> shift) & (Buckets - 1)]++] = word;
        }
    }

    private static void Count(ReadOnlySpan<ulong> words, Span<int> counts)
    {
        counts.Clear();
        foreach (var word in words)
        {
            counts[(int)(word >> KeyShift) & (Buckets - 1)]++;
            counts[Buckets + ((int)(word >> (KeyShift + DigitBits)) & (Buckets - 1))]++;
            counts[(2 * Buckets) + ((int)(word >> (KeyShift + (2 * DigitBits))) & (Buckets - 1))]++;
            counts[(3 * Buckets) + (int)(word >> (KeyShift + (3 * DigitBits)))]++;
        }
    }
}
