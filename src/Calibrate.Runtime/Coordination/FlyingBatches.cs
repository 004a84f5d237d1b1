namespace Calibrate.Runtime.Coordination;

/// <summary>The batches under way, by number and in the order in which they were handed out.</summary>
internal sealed class FlyingBatches
{
    private readonly Dictionary<long, FlyingBatch> byNumber = [];
    private FlyingBatch? newest;

    public int Count => byNumber.Count;

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

    public FlyingBatch? Remove(long number)
    {
        if (!byNumber.Remove(number, out var batch))
        {
            return null;
        }

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
