using Calibrate.Runtime.Cluster;
using Calibrate.Simulator.Faults;
using Calibrate.Simulator.Time;

namespace Calibrate.Simulator.Messaging;

/// <summary>
/// A message broker as RabbitMQ is one, and the network around it: work queues with unacknowledged deliveries that come back flagged, inboxes that
/// live as long as their connection, confirmations, and everything that goes wrong between processes.
/// </summary>
public sealed class SimulatedBroker
{
    /// <summary>A partition or a frozen process that lasts longer ends the connection: its heartbeats are missed.</summary>
    public const double HeartbeatSeconds = 8;

    private readonly VirtualTime time;
    private readonly SimulationRandom random;
    private readonly Action<string> trace;
    private readonly int queueLimit;
    private readonly Dictionary<IBrokerClient, BrokerLink> links = [];
    private readonly SortedDictionary<string, BrokerQueue> queues = new(StringComparer.Ordinal);

    /// <summary>Starts the broker.</summary>
    /// <param name="time">The time.</param>
    /// <param name="random">Decides what goes wrong.</param>
    /// <param name="queueLimit">Most messages in a work queue.</param>
    /// <param name="trace">Told of what goes wrong.</param>
    public SimulatedBroker(VirtualTime time, SimulationRandom random, int queueLimit, Action<string> trace)
    {
        this.time = time;
        this.random = random;
        this.queueLimit = queueLimit;
        this.trace = trace;
    }

    /// <summary>How bad the network is now.</summary>
    public NetworkWeather Weather { get; set; } = NetworkWeather.Fine;

    /// <summary>Whether the broker runs.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>The most messages that ever waited in a work queue.</summary>
    public int LongestQueue => queues.Values.Select(queue => queue.Most).DefaultIfEmpty().Max();

    /// <summary>The processes that are connected or try to be.</summary>
    public IReadOnlyList<IBrokerClient> Clients => [.. links.Keys];

    /// <summary>A process begins to connect, and goes on whenever its connection is lost.</summary>
    /// <param name="client">The process.</param>
    /// <param name="inboxes">Names it listens to.</param>
    public void Open(IBrokerClient client, IReadOnlyList<string> inboxes)
    {
        var link = new BrokerLink(client, inboxes);
        links.Add(client, link);
        time.After(Delay(), () => Connect(link));
    }

    /// <summary>A process is gone for good.</summary>
    /// <param name="client">The process.</param>
    /// <param name="silently">Whether nobody tells the broker, as when a machine loses its power.</param>
    public void Close(IBrokerClient client, bool silently)
    {
        if (links.Remove(client, out var link))
        {
            link.IsGone = true;
            if (link.Connection is { } connection)
            {
                time.After(silently ? HeartbeatSeconds : Delay(), () => Drop(connection));
            }
        }
    }

    /// <summary>A process sends a message.</summary>
    /// <param name="client">The process.</param>
    /// <param name="to">Where to.</param>
    /// <param name="body">The message.</param>
    /// <param name="confirm">The number to confirm it under; 0 for none.</param>
    public void Publish(IBrokerClient client, Destination to, byte[] body, long confirm)
    {
        var lost = random.Chance(Weather.Loss);
        var late = random.Chance(Weather.Reordering) ? random.Between(0, 2.0) : 0;
        var copies = random.Chance(Weather.Duplication) ? 2 : 1;
        var arrives = random.Chance(Weather.Garbling) ? Garble(body) : body;
        Up(client, late, connection =>
        {
            for (var copy = 0; copy < copies && !lost; copy++)
            {
                Route(to, arrives);
            }

            if (confirm == 0)
            {
                return;
            }

            if (random.Chance(Weather.ConfirmLoss))
            {
                trace($"broker: the confirmation for {client.Name} is lost");
                Down(connection, () => Lose(client, "a confirmation is missing"));
            }
            else if (!lost || random.Chance(0.5))
            {
                Down(connection, () => client.Confirmed(confirm));
            }
        });
    }

    /// <summary>A process takes work from a queue.</summary>
    public void Consume(IBrokerClient client, string queue, int prefetch) => Up(client, 0, connection =>
    {
        connection.Consume(queue, prefetch);
        if (!Queue(queue).Consumers.Contains(connection))
        {
            Queue(queue).Consumers.Add(connection);
        }

        Queue(queue).Deliver(queue);
    });

    /// <summary>A process takes no more work from a queue.</summary>
    public void Cease(IBrokerClient client, string queue) => Up(client, 0, connection =>
    {
        connection.Cease(queue);
        Queue(queue).Consumers.Remove(connection);
    });

    /// <summary>A process acknowledges a delivery.</summary>
    public void Acknowledge(IBrokerClient client, long delivery) => Up(client, 0, connection =>
    {
        if (connection.Acknowledge(delivery) is { } queue)
        {
            Queue(queue).Deliver(queue);
        }
    });

    /// <summary>A process loses its connection; it comes back by itself.</summary>
    public void Lose(IBrokerClient client, string reason)
    {
        if (links.TryGetValue(client, out var link) && link.Connection is { } connection)
        {
            trace($"network: {client.Name} loses its connection ({reason})");
            time.After(Delay(), () => Drop(connection));
            Disconnect(link);
        }
    }

    /// <summary>Nothing gets through between a process and the broker for a while; what was under way arrives afterwards, or never.</summary>
    public void Partition(IBrokerClient client, double seconds)
    {
        if (!links.TryGetValue(client, out var link))
        {
            return;
        }

        trace($"network: {client.Name} is cut off for {seconds:0.0} s");
        link.CutOffUntil = Math.Max(link.CutOffUntil, time.Now + seconds);
        if (seconds > HeartbeatSeconds && link.Connection is { } connection)
        {
            time.After(HeartbeatSeconds, () =>
            {
                Drop(connection);
                if (link.Connection == connection)
                {
                    Disconnect(link);
                }
            });
        }
    }

    /// <summary>The broker goes down with everything it has, and comes up again.</summary>
    public void Restart(double seconds)
    {
        trace($"broker: restarts, away for {seconds:0.0} s");
        IsUp = false;
        foreach (var queue in queues.Values)
        {
            queue.Clear();
            queue.Consumers.Clear();
        }

        foreach (var link in links.Values.ToList())
        {
            link.Connection?.Close();
            Disconnect(link);
        }

        time.After(seconds, () => IsUp = true);
    }

    /// <summary>Lets something happen at a connected process after the way from the broker to it.</summary>
    internal void Down(BrokerConnection connection, Action happening) => Travel(connection, 0, () =>
    {
        if (links.TryGetValue(connection.Client, out var link) && link.Connection == connection)
        {
            happening();
        }
    });

    private void Up(IBrokerClient client, double late, Action<BrokerConnection> happening)
    {
        if (links.TryGetValue(client, out var link) && link.Connection is { } connection)
        {
            Travel(connection, late, () =>
            {
                if (connection.IsOpen && IsUp)
                {
                    happening(connection);
                }
            });
        }
    }

    // In the order of sending, as a stream is, unless a message is late on purpose.
    private void Travel(BrokerConnection connection, double late, Action happening)
    {
        links.TryGetValue(connection.Client, out var link);
        var arrives = Math.Max(time.Now + Delay(), link?.CutOffUntil ?? 0);
        if (late <= 0 && link is not null)
        {
            arrives = link.LastArrival = Math.Max(arrives, link.LastArrival);
        }

        time.After(arrives + late - time.Now, happening);
    }

    private void Connect(BrokerLink link)
    {
        if (link.IsGone)
        {
            return;
        }

        if (!IsUp || link.CutOffUntil > time.Now)
        {
            time.After(random.Between(0.2, 2.0), () => Connect(link));
            return;
        }

        link.Connection = new BrokerConnection(this, link.Client) { Inboxes = link.Inboxes };
        link.LastArrival = time.Now;
        link.Client.Connected();
    }

    private void Disconnect(BrokerLink link)
    {
        if (link.Connection is not null)
        {
            link.Connection = null;
            link.Client.Disconnected();
            time.After(random.Between(0.05, 3.0), () => Connect(link));
        }
    }

    private void Drop(BrokerConnection connection)
    {
        foreach (var (name, body) in connection.Close())
        {
            Queue(name).Requeue(body);
        }

        foreach (var (name, queue) in queues)
        {
            queue.Consumers.Remove(connection);
            queue.Deliver(name);
        }
    }

    private void Route(Destination to, byte[] body)
    {
        if (to is Destination.WorkQueue work)
        {
            Queue(NameOf(work)).Publish(body);
            Queue(NameOf(work)).Deliver(NameOf(work));
            return;
        }

        foreach (var link in links.Values)
        {
            if (link.Connection is { IsOpen: true } connection && connection.Inboxes.Contains(NameOf(to)))
            {
                Down(connection, () => link.Client.Arrived(body));
            }
        }
    }

    /// <summary>The name under which messages to a destination are routed.</summary>
    public static string NameOf(Destination to) => to switch
    {
        Destination.WorkQueue work => $"work.{work.Model}",
        Destination.OneWorker one => $"worker.{one.Worker}",
        Destination.AllWorkers => "workers",
        Destination.Coordinator coordinator => $"coordinator.{coordinator.Run}",
        _ => "watchers",
    };

    private BrokerQueue Queue(string name)
    {
        if (!queues.TryGetValue(name, out var queue))
        {
            queues[name] = queue = new BrokerQueue(queueLimit);
        }

        return queue;
    }

    private double Delay() => Weather.Jitter > 0 ? random.LogNormal(Weather.Latency, Weather.Jitter) : Weather.Latency;

    // Noise, or a message that is cut off. Single flipped bits are left out: TCP and AMQP frames never let one through.
    private byte[] Garble(byte[] body)
    {
        var garbled = body.AsSpan(0, random.Below(body.Length)).ToArray();
        if (random.Chance(0.5))
        {
            for (var i = 0; i < garbled.Length; i++)
            {
                garbled[i] = (byte)random.Below(256);
            }
        }

        return garbled;
    }

    private sealed class BrokerLink(IBrokerClient client, IReadOnlyList<string> inboxes)
    {
        public IBrokerClient Client => client;

        public IReadOnlyList<string> Inboxes => inboxes;

        public BrokerConnection? Connection { get; set; }

        public double CutOffUntil { get; set; }

        public double LastArrival { get; set; }

        public bool IsGone { get; set; }
    }
}
