using System.Numerics;
using System.Runtime.Intrinsics;

namespace Calibrate.Inference.Kernel;

/// <summary>
/// Divides an iteration's walkers into the two splits: the half with the smaller (word, index) moves first. Only
/// which half a walker is in matters, so nothing is sorted: small ensembles count ranks side by side, large ones find the
/// median word by its leading byte.
/// </summary>
internal sealed unsafe class SplitSelector(WideLayout layout, PinnedMemory memory)
{
    private const int Buckets = 256;
    private readonly int[] bucketSizes = new int[Buckets];
    private readonly ulong[] ties = new ulong[layout.Walkers];
    private readonly byte[] moves = new byte[layout.Walkers];
    private readonly SplitListing listing = new(layout, memory);

    /// <summary>Divides the walkers.</summary>
    /// <param name="words">Split word of each walker; <see cref="uint.MaxValue"/> in the lanes beyond.</param>
    /// <param name="order">Receives the walker at every place of the split order.</param>
    /// <param name="places">Receives the place of every walker in the split order.</param>
    public void Select(uint* words, long* order, long* places)
    {
        if (layout.Stride <= WideLayout.LongestTable)
        {
            ulong first = SmallerHalf(words);
            if (BitOperations.PopCount(first) == layout.Half)
            {
                listing.List(first, order, places);
                return;
            }
        }

        SelectExactly(words, order, places);
    }

    /// <summary>
    /// Bit set of the walkers with fewer than half of the words below theirs. Walkers with equal words share a rank: should they straddle
    /// the middle, the set has the wrong size.
    /// </summary>
    private ulong SmallerHalf(uint* words)
    {
        ulong smaller = 0;
        Vector512<uint> half = Vector512.Create((uint)layout.Half);
        for (int first = 0; first < layout.Walkers; first += 2 * Vector512<uint>.Count)
        {
            Vector512<uint> lower = Vector512.LoadAligned(words + first);
            Vector512<uint> upper = Vector512.LoadAligned(words + first + Vector512<uint>.Count);
            Vector512<uint> lowerRanks = Vector512<uint>.Zero;
            Vector512<uint> upperRanks = Vector512<uint>.Zero;
            for (int walker = 0; walker < layout.Walkers; walker++)
            {
                Vector512<uint> word = Vector512.Create(words[walker]);
                lowerRanks -= Vector512.GreaterThan(lower, word);
                upperRanks -= Vector512.GreaterThan(upper, word);
            }

            smaller |= Vector512.LessThan(lowerRanks, half).ExtractMostSignificantBits() << first;
            smaller |= Vector512.LessThan(upperRanks, half).ExtractMostSignificantBits() << (first + Vector512<uint>.Count);
        }

        return smaller & (ulong.MaxValue >> (WideLayout.LongestTable - layout.Walkers));
    }

    /// <summary>Any number of walkers, ties included: those of the median's bucket are sorted by (word, index).</summary>
    internal void SelectExactly(uint* words, long* order, long* places)
    {
        Array.Clear(bucketSizes);
        for (int walker = 0; walker < layout.Walkers; walker++)
        {
            bucketSizes[words[walker] >> 24]++;
        }

        int bucket = 0;
        int missing = layout.Half;
        while (missing > bucketSizes[bucket])
        {
            missing -= bucketSizes[bucket++];
        }

        int tied = 0;
        for (int walker = 0; walker < layout.Walkers; walker++)
        {
            uint leading = words[walker] >> 24;
            moves[walker] = leading < bucket ? (byte)1 : (byte)0;
            if (leading == bucket)
            {
                ties[tied++] = ((ulong)words[walker] << 32) | (uint)walker;
            }
        }

        ties.AsSpan(0, tied).Sort();
        foreach (ulong tie in ties.AsSpan(0, missing))
        {
            moves[(int)(uint)tie] = 1;
        }

        long place = 0;
        long otherPlace = layout.HalfRoom;
        for (int walker = 0; walker < layout.Walkers; walker++)
        {
            places[walker] = moves[walker] != 0 ? place++ : otherPlace++;
            order[places[walker]] = walker;
        }
    }
}
