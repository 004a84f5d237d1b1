namespace Calibrate.Numerics.Statistics;

/// <summary>
/// Moments of successive batches of equal length of an endless series, in constant memory: when there is no room for another batch,
/// neighbours are joined and batches become twice as long. Between half of <see cref="Capacity"/> and all of it is in use.
/// </summary>
public sealed class BatchedMoments
{
    private readonly SampleMoments[] batches;
    private SampleMoments current;
    private int count;

    /// <summary>Starts with batches of one value.</summary>
    /// <param name="capacity">Most batches to keep, even and at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is odd or less than 2.</exception>
    public BatchedMoments(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        if (capacity % 2 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "The number of batches must be even: they are joined in pairs.");
        }

        batches = new SampleMoments[capacity];
    }

    /// <summary>Most batches that are kept.</summary>
    public int Capacity => batches.Length;

    /// <summary>Values per batch, a power of two.</summary>
    public long BatchLength { get; private set; } = 1;

    /// <summary>Moments of the complete batches, oldest first.</summary>
    public ReadOnlySpan<SampleMoments> Batches => batches.AsSpan(0, count);

    /// <summary>Moments of all values so far.</summary>
    public SampleMoments All => Join(Batches).Merge(current);

    /// <summary>Takes the next value of the series.</summary>
    /// <param name="value">The value.</param>
    public void Add(double value)
    {
        current = current.Including(value);
        if (current.Count < BatchLength)
        {
            return;
        }

        batches[count++] = current;
        current = default;
        if (count == batches.Length)
        {
            count /= 2;
            BatchLength *= 2;
            for (var i = 0; i < count; i++)
            {
                batches[i] = batches[2 * i].Merge(batches[(2 * i) + 1]);
            }
        }
    }

    /// <summary>Moments of several batches together.</summary>
    /// <param name="batches">Batches.</param>
    public static SampleMoments Join(ReadOnlySpan<SampleMoments> batches)
    {
        var all = default(SampleMoments);
        foreach (var batch in batches)
        {
            all = all.Merge(batch);
        }

        return all;
    }
}
