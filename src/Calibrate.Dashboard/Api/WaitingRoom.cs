namespace Calibrate.Dashboard.Api;

/// <summary>Lets one in at a time, and turns away who finds too many waiting.</summary>
/// <param name="most">How many may be inside or waiting.</param>
internal sealed class WaitingRoom(int most) : IDisposable
{
    private readonly SemaphoreSlim door = new(1, 1);
    private int present;

    /// <summary>Waits for one's turn, which lasts until what is returned is disposed of; null when too many wait already.</summary>
    public async Task<IDisposable?> TryEnterAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref present) > most)
        {
            Interlocked.Decrement(ref present);
            return null;
        }

        try
        {
            await door.WaitAsync(cancellationToken);
            return new Turn(this);
        }
        catch
        {
            Interlocked.Decrement(ref present);
            throw;
        }
    }

    public void Dispose() => door.Dispose();

    private sealed class Turn(WaitingRoom room) : IDisposable
    {
        private int over;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref over, 1) == 0)
            {
                room.door.Release();
                Interlocked.Decrement(ref room.present);
            }
        }
    }
}
