namespace Calibrate.Cluster.RabbitMq;

/// <summary>The mailbox of an actor: many senders, one thread that sleeps until there is something and takes everything there is.</summary>
/// <typeparam name="T">What is sent.</typeparam>
internal sealed class Inbox<T>
{
    private readonly object gate = new();
    private List<T> waiting = [];
    private bool isClosed;

    /// <summary>Adds something; after the closing, nobody reads it.</summary>
    public void Add(T item)
    {
        lock (gate)
        {
            waiting.Add(item);
            if (waiting.Count == 1)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    /// <summary>Waits until there is something and takes all of it, in order.</summary>
    /// <param name="taken">Is emptied, and receives it.</param>
    /// <returns>False once the inbox is closed and empty.</returns>
    public bool TakeAll(ref List<T> taken)
    {
        taken.Clear();
        lock (gate)
        {
            while (waiting.Count == 0 && !isClosed)
            {
                Monitor.Wait(gate);
            }

            (taken, waiting) = (waiting, taken);
            return taken.Count > 0;
        }
    }

    /// <summary>Ends the reading once everything was taken.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
            Monitor.Pulse(gate);
        }
    }
}
