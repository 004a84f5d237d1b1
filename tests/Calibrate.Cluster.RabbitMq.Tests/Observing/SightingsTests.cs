using Calibrate.Cluster.RabbitMq.Observing;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Cluster.RabbitMq.Tests.Observing;

public class SightingsTests
{
    private readonly HandClock clock = new();

    [Fact]
    public void Rates_are_those_between_the_first_and_the_last_heartbeat()
    {
        var sightings = new Sightings(clock);
        sightings.Hear(Here("a", evaluations: 100, busySeconds: 1));
        Assert.Null(Assert.Single(sightings.Workers()).EvaluationsPerSecond);
        clock.Pass(4);
        sightings.Hear(Here("a", evaluations: 300, busySeconds: 5));
        var seen = Assert.Single(sightings.Workers());
        Assert.Equal((50, 0.5), (seen.EvaluationsPerSecond, seen.BusyShare));
    }

    [Fact]
    public void Whoever_is_silent_or_says_goodbye_is_gone()
    {
        var sightings = new Sightings(clock);
        sightings.Hear(Here("a", 0, 0));
        sightings.Hear(Here("b", 0, 0));
        sightings.Hear(new WorkerGone(new WorkerId("a")));
        Assert.Equal("b", Assert.Single(sightings.Workers()).Here.Worker.Name);
        clock.Pass(11);
        Assert.Empty(sightings.Workers());
    }

    private static WorkerHere Here(string name, long evaluations, double busySeconds) => new(
        new WorkerId(name), "host", 1, 2, "thread", HostPlatform.Current, "build", new WorkerLoad(0, evaluations, busySeconds, 0), []);

    private sealed class HandClock : TimeProvider
    {
        private long now;

        public void Pass(double seconds) => now += (long)(seconds * TimestampFrequency);

        public override long GetTimestamp() => now;
    }
}
