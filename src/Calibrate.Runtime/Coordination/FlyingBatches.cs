namespace Calibrate.Runtime.Coordination;

/// <summary>The batches under way, by number and in the order in which they were handed out.</summary>
internal sealed class FlyingBatches
{
    private readonly Dictionary<long, FlyingBatch> byNumber = [];
    private FlyingBatch? newest;
    private int writtenOff;

    public int Count => byNumber.Count;

    /// <summary>Those that keep a slot from other work: all but those that were written off.</summary>
    public int Engaged => byNumber.Count - writtenOff;

    /// <summary>The one that is under way for longest; <see cref="FlyingBatch.Newer"/> leads on from it.</summary>
    public FlyingBatch? Oldest { get; private set; }

    public void Add(FlyingBatch batch)
    {
        byNumber.Add(batch.Number, batch);
        foreach (var flight in batch.Flights)
        {
            flight.Copies++;
        }

        batch.Older = newest;
        if (newest is null)
        {
            Oldest = batch;
        }
        else
        {
            newest.Newer = batch;
        }

        newest = batch;
    }

    /// <summary>Slots left: the oldest batches that were repeated because they took long were most likely theirs.</summary>
    /// <param name="most">Slots that left.</param>
    public void WriteOff(int most)
    {
        for (var batch = Oldest; batch is not null && most > 0; batch = batch.Newer)
        {
            if (batch.Hedged && !batch.IsWrittenOff)
            {
                batch.IsWrittenOff = true;
                writtenOff++;
                most--;
            }
        }
    }

    public FlyingBatch? Remove(long number)
    {
        if (!byNumber.Remove(number, out var batch))
        {
            return null;
        }

        writtenOff -= batch.IsWrittenOff ? 1 : 0;
        foreach (var flight in batch.Flights)
        {
            flight.Copies--;
        }

        if (batch.Older is null)
        {
            Oldest = batch.Newer;
        }
        else
        {
            batch.Older.Newer = batch.Newer;
        }

        if (batch.Newer is null)
        {
            newest = batch.Older;
        }
        else
        {
            batch.Newer.Older = batch.Older;
        }

        return batch;
    }
}
