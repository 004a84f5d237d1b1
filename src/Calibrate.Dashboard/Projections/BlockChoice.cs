using Calibrate.Runtime.Journals;

namespace Calibrate.Dashboard.Projections;

/// <summary>
/// Which blocks of a journal are worth reading next, within so many bytes: the newest ones, then ones spread over all that were not read yet. Multiples of the
/// golden ratio modulo 1 spread evenly at every length, and fall into no step with ensembles whose blocks take turns.
/// </summary>
/// <param name="newest">How many of the newest blocks come before all others.</param>
internal sealed class BlockChoice(int newest)
{
    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    private readonly List<JournalPlace> unread = [];
    private double point;

    /// <summary>The newest block that is known; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>Whether there is nothing left to read.</summary>
    public bool IsEmpty => unread.Count == 0;

    /// <summary>Takes places behind those that are known.</summary>
    public void Offer(IReadOnlyList<JournalPlace> places)
    {
        unread.AddRange(places);
        Last = places.Count > 0 ? places[^1].Sequence : Last;
    }

    /// <summary>The blocks to read now, by their places in ascending order.</summary>
    /// <param name="bytes">They have no more than this together, but there is always one.</param>
    /// <param name="count">They are no more than this.</param>
    /// <param name="sinceSequence">Only blocks behind this event: 0 for the past as well.</param>
    public IReadOnlyList<long> Next(long bytes, int count, long sinceSequence)
    {
        var first = unread.FindIndex(place => place.Sequence > sinceSequence);
        if (first < 0)
        {
            return [];
        }

        var taken = new bool[unread.Count - first];
        if (taken.Length <= count && unread.Skip(first).Sum(place => (long)place.Bytes) <= bytes)
        {
            taken.AsSpan().Fill(true);
        }
        else
        {
            Mark(taken, first, bytes, count);
        }

        List<long> chosen = [.. unread.Skip(first).Where((_, i) => taken[i]).Select(place => place.Sequence)];
        var place = -1 - first;
        unread.RemoveAll(_ => ++place >= 0 && taken[place]);
        return chosen;
    }

    private void Mark(bool[] taken, int first, long bytes, int count)
    {
        for (var i = 0; i < Math.Min(count, taken.Length); i++)
        {
            var index = i < newest ? taken.Length - 1 - i : Spread(taken);
            if (index < 0 || (unread[first + index].Bytes > bytes && i > 0))
            {
                break;
            }

            taken[index] = true;
            bytes -= unread[first + index].Bytes;
        }
    }

    // The next point of the sequence; where that block is taken already, the free one after it.
    private int Spread(bool[] taken)
    {
        point = (point + Golden) % 1;
        var start = (int)(point * taken.Length);
        for (var i = 0; i < taken.Length; i++)
        {
            var index = (start + i) % taken.Length;
            if (!taken[index])
            {
                return index;
            }
        }

        return -1;
    }
}
