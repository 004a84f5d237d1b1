namespace Calibrate.Simulator.Messaging;

/// <summary>A work queue: transient messages, bounded, delivered in turn to whoever may hold another one.</summary>
internal sealed class BrokerQueue(int limit)
{
    private readonly LinkedList<(byte[] Body, bool Redelivered)> ready = new();

    public List<BrokerConnection> Consumers { get; } = [];

    public int Count => ready.Count;

    /// <summary>The most messages that ever waited.</summary>
    public int Most { get; private set; }

    /// <summary>Messages that found no room.</summary>
    public int Overflowed { get; private set; }

    public bool Publish(byte[] body)
    {
        if (ready.Count >= limit)
        {
            Overflowed++;
            return false;
        }

        ready.AddLast((body, false));
        Most = Math.Max(Most, ready.Count);
        return true;
    }

    public void Requeue(byte[] body) => ready.AddFirst((body, true));

    public void Clear() => ready.Clear();

    public void Deliver(string name)
    {
        for (var refused = 0; ready.Count > 0 && refused < Consumers.Count;)
        {
            var consumer = Consumers[0];
            Consumers.RemoveAt(0);
            Consumers.Add(consumer);
            if (!consumer.MayTake(name))
            {
                refused++;
                continue;
            }

            refused = 0;
            var (body, redelivered) = ready.First!.Value;
            ready.RemoveFirst();
            consumer.Take(name, body, redelivered);
        }
    }
}
