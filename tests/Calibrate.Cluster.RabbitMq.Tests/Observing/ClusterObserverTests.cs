using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Cluster.RabbitMq.Observing;
using Calibrate.Cluster.RabbitMq.Tests.Support;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Cluster.RabbitMq.Tests.Observing;

[Collection(BrokerCollection.Name)]
public class ClusterObserverTests
{
    [SkippableFact]
    public async Task Whoever_asks_sees_who_is_here()
    {
        await using var party = await RawParty.OpenAsync((BrokerTopology.Watchers, ""));
        await using var cluster = new TestCluster();
        cluster.StartWorker(TestBroker.Settings, slots: 3);
        var worker = (await party.HearAsync<WorkerHere>(_ => true)).Worker;
        await using var observer = new ClusterObserver(TestBroker.Settings, TimeProvider.System, _ => { });
        await observer.OpenAsync(CancellationToken.None);
        await party.HearAsync<WorkerHere>(_ => true);
        await party.HearAsync<WorkerHere>(_ => true);
        var view = await observer.LookAsync(CancellationToken.None);
        Assert.Contains(view.Workers, seen => seen.Here.Worker == worker && seen.Here.Slots == 3);
        Assert.Empty(view.Sessions);
    }
}
