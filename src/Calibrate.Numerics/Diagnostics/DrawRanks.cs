using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Ranks of all draws of a parameter, ties sharing their average rank, in little memory: draws are ranked strip by strip of their
/// range, and within a strip sorted as (top 32 bits of the key's place in the strip, index of the draw).
/// </summary>
/// <remarks>
/// A stay, equal draws in a row, is sorted once: most proposals of a sampler are rejected. Words whose 32 bits agree are compared in
/// full, so the ranks are exact. Ranks go back to their draws through one more pass of the sort, because writing them at random
/// costs more than all the rest. A strip is about four million draws between two quantiles of a sample; a strip that turns out larger
/// is cut in the middle of its range, one that is a single value needs no sorting, so no distribution needs more memory or more than
/// a few extra passes.
/// </remarks>
internal sealed class DrawRanks<TKey>
    where TKey : struct, IOrderedKey
{
    private static readonly int Lanes = Vector512<ulong>.Count;

    private readonly DrawMatrix draws;
    private readonly ChainLayout layout;
    private readonly TKey keys;
    private readonly DiagnosticScratch scratch;
    private readonly uint[] ranks;
    private readonly ulong[] words;
    private readonly ulong[] spare;
    private readonly OrderStatistics? statistics;
    private readonly StayWords stays;
    private int position;
    private int nextStatistic;
    private int nextPlace;
    private uint ranked;

    private DrawRanks(
        DrawMatrix draws, ChainLayout layout, TKey keys, OrderStatistics? statistics, DiagnosticScratch scratch, int stripDraws)
    {
        this.draws = draws;
        this.layout = layout;
        this.keys = keys;
        this.statistics = statistics;
        this.scratch = scratch;
        stays = new StayWords(draws.Count);
        nextPlace = PlaceOf(0);
        ranks = scratch.Ranks(draws.Count);
        (words, spare) = scratch.Words(Math.Min(draws.Count, RankStrips.Capacity(stripDraws)));
    }

    /// <summary>
    /// Writes twice the rank of every draw, from 2 for the smallest, to the scratch's ranks (the double of an average rank is an
    /// integer). Draws that the layout leaves out are not counted.
    /// </summary>
    /// <param name="draws">Draws without NaN, at least one.</param>
    /// <param name="layout">Which draws count.</param>
    /// <param name="keys">What to rank.</param>
    /// <param name="statistics">Receives its order statistics of all draws, those left out included; may be null.</param>
    /// <param name="scratch">Work space; receives the ranks.</param>
    /// <param name="stripDraws">Draws to sort at a time.</param>
    public static void Compute(
        DrawMatrix draws,
        ChainLayout layout,
        TKey keys,
        OrderStatistics? statistics,
        DiagnosticScratch scratch,
        int stripDraws = RankStrips.DefaultDraws)
    {
        var pass = new DrawRanks<TKey>(draws, layout, keys, statistics, scratch, stripDraws);
        foreach (var (low, high) in RankStrips.Plan(draws.All, keys, stripDraws))
        {
            pass.RankStrip(low, high);
        }
    }

    private void RankStrip(ulong low, ulong high)
    {
        if (low == high)
        {
            RankSingleValue(low);
            return;
        }

        var shift = Math.Max(0, 32 - BitOperations.LeadingZeroCount(high - low));
        var count = Collect(low, high, shift);
        if (count < 0)
        {
            var middle = low + ((high - low) / 2);
            RankStrip(low, middle);
            RankStrip(middle + 1, high);
        }
        else if (count > 0)
        {
            var keyBits = 64 - BitOperations.LeadingZeroCount((high - low) >> shift);
            var sorted = RadixSort.ByUpperHalf(words.AsSpan(0, count), spare.AsSpan(0, count), keyBits);
            ReplaceKeysByRanks(sorted, exact: shift == 0);
            WriteRanks(sorted, sorted.Overlaps(words) ? spare.AsSpan(0, count) : words.AsSpan(0, count));
        }
    }

    /// <summary>Gathers the words of the stays in a strip: place of the key in the strip, then the stay; -1 when they do not fit.</summary>
    private int Collect(ulong low, ulong high, int shift)
    {
        ref var origin = ref MemoryMarshal.GetReference(draws.All);
        var total = draws.Count;
        var (key, lowest, width) = (keys, Vector512.Create(low), Vector512.Create(high - low));
        var count = keys.Of(origin) - low <= high - low ? AppendStay(0, 0, low, shift) : 0;
        var i = 1;
        for (; count >= 0 && i + Lanes <= total; i += Lanes)
        {
            var here = key.Of(Vector512.LoadUnsafe(ref origin, (nuint)i));
            var before = key.Of(Vector512.LoadUnsafe(ref origin, (nuint)i - 1));
            var starts = Vector512.LessThanOrEqual(here - lowest, width) & ~Vector512.Equals(here, before);
            for (var mask = starts.ExtractMostSignificantBits(); mask != 0 && count >= 0; mask &= mask - 1)
            {
                count = AppendStay(count, i + BitOperations.TrailingZeroCount(mask), low, shift);
            }
        }

        for (; count >= 0 && i < total; i++)
        {
            var here = keys.Of(draws.Values[i]);
            if (here - low <= high - low && here != keys.Of(draws.Values[i - 1]))
            {
                count = AppendStay(count, i, low, shift);
            }
        }

        return count;
    }

    /// <summary>Appends the words of the stay that starts at a draw.</summary>
    /// <returns>The new number of words, -1 when they do not fit.</returns>
    private int AppendStay(int count, int first, ulong low, int shift)
    {
        var values = draws.All;
        var key = keys.Of(values[first]);
        var place = (key - low) >> shift << 32;
        var end = first + 1;
        while (end < values.Length && keys.Of(values[end]) == key)
        {
            end++;
        }

        for (; first < end; first += stays.MaximumLength)
        {
            if (count == words.Length)
            {
                return -1;
            }

            words[count++] = place | stays.Pack(first, Math.Min(end - first, stays.MaximumLength));
        }

        return count;
    }

    /// <summary>Turns sorted words (key, stay) into words (stay, rank).</summary>
    private void ReplaceKeysByRanks(Span<ulong> sorted, bool exact)
    {
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && (sorted[end] ^ sorted[start]) <= uint.MaxValue)
            {
                end++;
            }

            if (exact || end == start + 1)
            {
                RankTies(sorted[start..end]);
            }
            else
            {
                RankRun(sorted[start..end]);
            }

            start = end;
        }
    }

    /// <summary>Ranks stays that agree in their 32 bits: ties, or neighbours to tell apart.</summary>
    private void RankRun(Span<ulong> run)
    {
        var firstKey = KeyOf(run[0]);
        var differing = 1;
        while (differing < run.Length && KeyOf(run[differing]) == firstKey)
        {
            differing++;
        }

        if (differing == run.Length)
        {
            RankTies(run);
            return;
        }

        var keysOfRun = scratch.Keys(run.Length);
        for (var i = 0; i < run.Length; i++)
        {
            keysOfRun[i] = KeyOf(run[i]);
        }

        keysOfRun.Sort(run);
        for (var start = 0; start < run.Length;)
        {
            var end = start + 1;
            while (end < run.Length && keysOfRun[end] == keysOfRun[start])
            {
                end++;
            }

            RankTies(run[start..end]);
            start = end;
        }
    }

    private void RankTies(Span<ulong> ties)
    {
        var (tied, counted) = (0, 0);
        foreach (var word in ties)
        {
            var (first, length) = (stays.First((uint)word), stays.Length((uint)word));
            tied += length;
            counted += length - CountSkipped(first, length);
        }

        var rank = DoubledRank(counted);
        Advance(tied, counted, stays.First((uint)ties[0]));
        foreach (ref var word in ties)
        {
            word = (word << 32) | rank;
        }
    }

    /// <summary>Brings the words near their draws' order, a few hundred thousand draws at a time, then writes the ranks.</summary>
    private void WriteRanks(Span<ulong> ranked, Span<ulong> work)
    {
        var output = ranks;
        foreach (var word in RadixSort.ByTopDigit(ranked, work, 32 + stays.Bits))
        {
            var stay = (uint)(word >> 32);
            var (first, length) = (stays.First(stay), stays.Length(stay));
            for (var i = first; i < first + length; i++)
            {
                output[i] = (uint)word;
            }
        }
    }

    /// <summary>Ranks a strip of one value, however many draws share it.</summary>
    private void RankSingleValue(ulong key)
    {
        var all = draws.All;
        var (tied, counted, last) = (0, 0, 0);
        for (var i = 0; i < all.Length; i++)
        {
            if (keys.Of(all[i]) == key)
            {
                tied++;
                counted += 1 - CountSkipped(i, 1);
                last = i;
            }
        }

        if (tied == 0)
        {
            return;
        }

        var rank = DoubledRank(counted);
        for (var i = 0; i < all.Length; i++)
        {
            if (keys.Of(all[i]) == key)
            {
                ranks[i] = rank;
            }
        }

        Advance(tied, counted, last);
    }

    private int CountSkipped(int first, int length)
    {
        var skipped = 0;
        for (var i = first; layout.SkipsMiddle && i < first + length; i++)
        {
            skipped += layout.Skips(i) ? 1 : 0;
        }

        return skipped;
    }

    /// <summary>Twice the average of the ranks from <c>ranked + 1</c> to <c>ranked + counted</c>.</summary>
    private uint DoubledRank(int counted) => (2 * ranked) + (uint)counted + 1;

    private ulong KeyOf(ulong word) => keys.Of(draws.Values[stays.First((uint)word)]);

    private void Advance(int tied, int counted, int draw)
    {
        position += tied;
        ranked += (uint)counted;
        while (position > nextPlace)
        {
            statistics!.Values[nextStatistic++] = keys.Value(keys.Of(draws.Values[draw]));
            nextPlace = PlaceOf(nextStatistic);
        }
    }

    private int PlaceOf(int statistic) => statistic < statistics?.Places.Length ? statistics.Places[statistic] : int.MaxValue;
}
