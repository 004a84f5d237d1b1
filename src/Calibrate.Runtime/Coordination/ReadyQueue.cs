namespace Calibrate.Runtime.Coordination;

/// <summary>
/// The evaluations that wait for a slot, oldest iteration first: the steps of the oldest iteration are what most others wait for. Who was
/// answered for while waiting is passed over.
/// </summary>
internal sealed class ReadyQueue
{
    private readonly PriorityQueue<Flight, long> queue = new();

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    public void Enqueue(Flight flight)
    {
        flight.Waiting = true;
        Count++;

        // by iteration, then ensemble, then walker; beyond 4,096 ensembles of a million walkers the order within an iteration is any
        var id = flight.Id;
        queue.Enqueue(flight, ((long)id.Iteration << 32) | ((long)(id.Ensemble & 0xFFF) << 20) | (uint)(id.Walker & 0xFFFFF));
    }

    public bool TryDequeue(out Flight flight)
    {
        while (queue.TryDequeue(out flight!, out _))
        {
            if (flight.Waiting)
            {
                flight.Waiting = false;
                Count--;
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes out one that was answered for while it waited here.</summary>
    public void Withdraw(Flight flight)
    {
        flight.Waiting = false;
        Count--;
    }
}
