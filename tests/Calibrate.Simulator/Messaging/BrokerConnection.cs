namespace Calibrate.Simulator.Messaging;

/// <summary>One connection of a process, from its opening to its end: what it consumes, and what it has not acknowledged.</summary>
internal sealed class BrokerConnection(SimulatedBroker broker, IBrokerClient client)
{
    private readonly SortedDictionary<long, (string Queue, byte[] Body)> unacknowledged = [];
    private readonly Dictionary<string, int> prefetch = new(StringComparer.Ordinal);
    private long deliveries;

    public IBrokerClient Client => client;

    public bool IsOpen { get; private set; } = true;

    /// <summary>Names of what the process listens to besides work queues.</summary>
    public required IReadOnlyList<string> Inboxes { get; init; }

    public int Unacknowledged => unacknowledged.Count;

    public IEnumerable<string> Queues => prefetch.Keys;

    public void Consume(string queue, int count) => prefetch[queue] = count;

    public void Cease(string queue) => prefetch.Remove(queue);

    public bool MayTake(string queue) =>
        IsOpen && prefetch.TryGetValue(queue, out var most) && unacknowledged.Values.Count(held => held.Queue == queue) < most;

    public void Take(string queue, byte[] body, bool redelivered)
    {
        var delivery = ++deliveries;
        unacknowledged.Add(delivery, (queue, body));
        broker.Down(this, () => client.Delivered(delivery, body, redelivered));
    }

    /// <summary>Forgets a delivery; tells its queue.</summary>
    public string? Acknowledge(long delivery) => unacknowledged.Remove(delivery, out var held) ? held.Queue : null;

    /// <summary>Ends the connection; hands back what was not acknowledged, newest first, so that each goes to the head of its queue.</summary>
    public IReadOnlyList<(string Queue, byte[] Body)> Close()
    {
        IsOpen = false;
        var held = unacknowledged.Values.Reverse().ToList();
        unacknowledged.Clear();
        return held;
    }
}
