using System.Text;
using Calibrate.Problems;
using Calibrate.Runtime.Cluster;
using Calibrate.Simulator.Faults;
using Calibrate.Simulator.Messaging;
using Calibrate.Simulator.Time;

namespace Calibrate.Simulator.Tests.Messaging;

public class SimulatedBrokerTests
{
    private static readonly Destination.WorkQueue Queue = new(new ModelFingerprint(Fingerprint.Of("test")));

    private readonly VirtualTime time = new();
    private readonly SimulatedBroker broker;
    private readonly Client publisher;
    private readonly Client consumer;

    public SimulatedBrokerTests()
    {
        broker = new SimulatedBroker(time, new SimulationRandom(1), queueLimit: 3, _ => { });
        publisher = new Client("publisher");
        consumer = new Client("consumer");
        broker.Open(publisher, ["workers"]);
        broker.Open(consumer, ["workers"]);
        Run(1);
    }

    [Fact]
    public void A_queue_delivers_in_order_as_far_as_its_consumer_may_hold()
    {
        broker.Consume(consumer, SimulatedBroker.NameOf(Queue), prefetch: 2);
        Publish("a", "b", "c");
        Assert.Equal(["a", "b"], consumer.Received);
        broker.Acknowledge(consumer, 1);
        Run(1);
        Assert.Equal(["a", "b", "c"], consumer.Received);
    }

    [Fact]
    public void What_a_lost_consumer_held_comes_back_flagged_and_first()
    {
        broker.Consume(consumer, SimulatedBroker.NameOf(Queue), prefetch: 2);
        Publish("a", "b", "c");
        broker.Lose(consumer, "test");
        Run(5);
        consumer.Received.Clear();
        broker.Consume(consumer, SimulatedBroker.NameOf(Queue), prefetch: 9);
        Run(1);
        Assert.Equal(["a (again)", "b (again)", "c"], consumer.Received);
    }

    [Fact]
    public void A_full_queue_takes_no_more()
    {
        Publish("a", "b", "c", "d");
        broker.Consume(consumer, SimulatedBroker.NameOf(Queue), prefetch: 9);
        Run(1);
        Assert.Equal(["a", "b", "c"], consumer.Received);
        Assert.Equal(3, broker.LongestQueue);
    }

    [Fact]
    public void A_restart_forgets_everything_and_everybody_comes_back()
    {
        Publish("a");
        broker.Restart(2);
        Run(20);
        Assert.Equal((1, 2), (consumer.Losses, consumer.Connections));
        broker.Consume(consumer, SimulatedBroker.NameOf(Queue), prefetch: 9);
        Run(1);
        Assert.Empty(consumer.Received);
    }

    [Fact]
    public void A_short_partition_delays_and_a_long_one_disconnects()
    {
        broker.Partition(consumer, 3);
        broker.Publish(publisher, new Destination.AllWorkers(), Encoding.UTF8.GetBytes("hello"), confirm: 7);
        Run(2);
        Assert.Empty(consumer.Received);
        Assert.Equal([7L], publisher.Confirmations);
        Run(2);
        Assert.Equal(["hello"], consumer.Received);

        broker.Partition(consumer, 60);
        Run(50);
        Assert.Equal((1, 1), (consumer.Losses, consumer.Connections));
        Run(30);
        Assert.Equal(2, consumer.Connections);
    }

    private void Publish(params string[] bodies)
    {
        foreach (var body in bodies)
        {
            broker.Publish(publisher, Queue, Encoding.UTF8.GetBytes(body), confirm: 0);
        }

        Run(1);
    }

    private void Run(double seconds)
    {
        var isOver = false;
        time.After(seconds, () => isOver = true);
        while (!isOver && time.Next())
        {
        }
    }

    private sealed class Client(string name) : IBrokerClient
    {
        public string Name => name;

        public List<string> Received { get; } = [];

        public List<long> Confirmations { get; } = [];

        public int Connections { get; private set; }

        public int Losses { get; private set; }

        public void Connected() => Connections++;

        public void Disconnected() => Losses++;

        public void Arrived(byte[] body) => Received.Add(Encoding.UTF8.GetString(body));

        public void Delivered(long delivery, byte[] body, bool redelivered) =>
            Received.Add(Encoding.UTF8.GetString(body) + (redelivered ? " (again)" : ""));

        public void Confirmed(long confirm) => Confirmations.Add(confirm);
    }
}
