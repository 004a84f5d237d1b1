using System.Numerics;

namespace Calibrate.Numerics.Diagnostics;

/// <summary>
/// Ranks of all draws of a parameter, ties sharing their average rank, in little memory: draws are ranked strip by strip of their
/// range, and within a strip sorted as (top 32 bits of the key's place in the strip, index of the draw).
/// </summary>
/// <remarks>
/// Draws whose 32 bits agree are compared in full, so the ranks are exact. A strip is about four million draws between two
/// quantiles of a sample; a strip that turns out larger is cut in the middle of its range, one that is a single value needs no
/// sorting, so no distribution needs more memory or more than a few extra passes.
/// </remarks>
internal sealed class DrawRanks<TKey>
    where TKey : struct, IOrderedKey
{
    private const int Chunk = 4096;

    private readonly DrawMatrix draws;
    private readonly ChainLayout layout;
    private readonly TKey keys;
    private readonly uint[] ranks;
    private readonly ulong[] words;
    private readonly ulong[] spare;
    private readonly OrderStatistics? statistics;
    private ulong[] runKeys = new ulong[64];
    private int[] runDraws = new int[64];
    private int position;
    private int nextStatistic;
    private uint ranked;

    private DrawRanks(DrawMatrix draws, ChainLayout layout, TKey keys, OrderStatistics? statistics, DiagnosticScratch scratch)
    {
        this.draws = draws;
        this.layout = layout;
        this.keys = keys;
        this.statistics = statistics;
        ranks = scratch.Ranks(draws.Count);
        (words, spare) = scratch.Words(Math.Min(draws.Count, RankStrips.Capacity) + Chunk);
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
    public static void Compute(DrawMatrix draws, ChainLayout layout, TKey keys, OrderStatistics? statistics, DiagnosticScratch scratch)
    {
        var pass = new DrawRanks<TKey>(draws, layout, keys, statistics, scratch);
        foreach (var (low, high) in RankStrips.Plan(draws.All, keys))
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
            AssignRanks(RadixSort.ByUpperHalf(words.AsSpan(0, count), spare.AsSpan(0, count), keyBits), exact: shift == 0);
        }
    }

    /// <summary>Gathers the words of the draws in a strip; -1 when they do not fit.</summary>
    private int Collect(ulong low, ulong high, int shift)
    {
        var all = draws.All;
        var width = high - low;
        var count = 0;
        for (var start = 0; start < all.Length; start += Chunk)
        {
            if (count + Chunk > words.Length)
            {
                return -1;
            }

            var end = Math.Min(all.Length, start + Chunk);
            for (var i = start; i < end; i++)
            {
                // Written always and kept sometimes: no branch to mispredict.
                var offset = keys.Of(all[i]) - low;
                words[count] = (offset >> shift << 32) | (uint)i;
                count += offset <= width ? 1 : 0;
            }
        }

        return count;
    }

    private void AssignRanks(Span<ulong> sorted, bool exact)
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
                AssignTies(sorted[start..end], keys.Of(draws.All[(int)(uint)sorted[start]]));
            }
            else
            {
                AssignRun(sorted[start..end]);
            }

            start = end;
        }
    }

    /// <summary>Ranks draws that agree in their 32 bits; most often they are ties, a walker having stayed where it was.</summary>
    private void AssignRun(Span<ulong> run)
    {
        if (runKeys.Length < run.Length)
        {
            runKeys = new ulong[2 * run.Length];
            runDraws = new int[2 * run.Length];
        }

        var keysOfRun = runKeys.AsSpan(0, run.Length);
        var drawsOfRun = runDraws.AsSpan(0, run.Length);
        var tied = true;
        for (var i = 0; i < run.Length; i++)
        {
            drawsOfRun[i] = (int)(uint)run[i];
            keysOfRun[i] = keys.Of(draws.All[drawsOfRun[i]]);
            tied &= keysOfRun[i] == keysOfRun[0];
        }

        if (tied)
        {
            AssignTies(run, keysOfRun[0]);
            return;
        }

        keysOfRun.Sort(drawsOfRun);
        for (var i = 0; i < run.Length; i++)
        {
            run[i] = (uint)drawsOfRun[i];
        }

        for (var start = 0; start < run.Length;)
        {
            var end = start + 1;
            while (end < run.Length && keysOfRun[end] == keysOfRun[start])
            {
                end++;
            }

            AssignTies(run[start..end], keysOfRun[start]);
            start = end;
        }
    }

    private void AssignTies(ReadOnlySpan<ulong> tied, ulong key)
    {
        var counted = tied.Length;
        if (layout.SkipsMiddle)
        {
            foreach (var word in tied)
            {
                counted -= layout.Skips((int)(uint)word) ? 1 : 0;
            }
        }

        var rank = DoubledRank(counted);
        foreach (var word in tied)
        {
            ranks[(uint)word] = rank;
        }

        Advance(tied.Length, counted, key);
    }

    /// <summary>Ranks a strip of one value, however many draws share it.</summary>
    private void RankSingleValue(ulong key)
    {
        var all = draws.All;
        var (tied, counted) = (0, 0);
        for (var i = 0; i < all.Length; i++)
        {
            if (keys.Of(all[i]) == key)
            {
                tied++;
                counted += layout.Skips(i) ? 0 : 1;
            }
        }

        var rank = DoubledRank(counted);
        for (var i = 0; i < all.Length; i++)
        {
            if (keys.Of(all[i]) == key)
            {
                ranks[i] = rank;
            }
        }

        Advance(tied, counted, key);
    }

    /// <summary>Twice the average of the ranks from <c>ranked + 1</c> to <c>ranked + counted</c>.</summary>
    private uint DoubledRank(int counted) => (2 * ranked) + (uint)counted + 1;

    private void Advance(int tied, int counted, ulong key)
    {
        position += tied;
        ranked += (uint)counted;
        while (nextStatistic < statistics?.Places.Length && statistics.Places[nextStatistic] < position)
        {
            statistics.Values[nextStatistic++] = keys.Value(key);
        }
    }
}
