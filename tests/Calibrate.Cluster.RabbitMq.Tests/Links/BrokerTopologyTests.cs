using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Problems;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cluster.RabbitMq.Tests.Links;

public class BrokerTopologyTests
{
    private static readonly ModelFingerprint Model = new(Fingerprint.Of("model"));

    [Fact]
    public void Every_destination_has_a_route_and_whatever_must_be_read_is_mandatory()
    {
        Assert.Equal(("", $"calibrate.work.{Model}", true), BrokerTopology.RouteTo(new Destination.WorkQueue(Model)));
        Assert.Equal(("calibrate.workers", "w", true), BrokerTopology.RouteTo(new Destination.OneWorker(new WorkerId("w"))));
        Assert.Equal(("calibrate.coordinators", "run", true), BrokerTopology.RouteTo(new Destination.Coordinator(RunId.Parse("run"))));
        Assert.Equal(("calibrate.control", "", false), BrokerTopology.RouteTo(new Destination.AllWorkers()));
        Assert.Equal(("calibrate.watchers", "", false), BrokerTopology.RouteTo(new Destination.Watchers()));
    }

    [Fact]
    public void Every_binding_is_to_an_exchange_that_is_declared()
    {
        var exchanges = BrokerTopology.Exchanges.Select(exchange => exchange.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(
            [.. BrokerTopology.BindingsOf(new WorkerId("w")), .. BrokerTopology.BindingsOf(RunId.Parse("run")), .. BrokerTopology.BindingsOfWatchers],
            binding => Assert.Contains(binding.Exchange, exchanges));
    }

    [Fact]
    public void Work_queues_are_bounded_refuse_what_is_too_much_and_vanish() =>
        Assert.Equal(
            ["x-consumer-timeout", "x-expires", "x-max-length", "x-max-length-bytes", "x-overflow"],
            BrokerTopology.WorkQueueArguments().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_name_of_a_work_queue_fits_into_what_a_broker_allows() => Assert.True(BrokerTopology.WorkQueue(Model).Length < 256);
}
