using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Cluster.RabbitMq.Observing;
using Calibrate.Cluster.RabbitMq.Tests.Support;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;

namespace Calibrate.Cluster.RabbitMq.Tests;

[Collection(BrokerCollection.Name)]
public class GarbageTests
{
    [SkippableFact]
    public async Task Garbage_on_every_queue_is_thrown_away_and_counted()
    {
        // Some seconds long: progress is told, and reports are sent, twice a second.
        var problem = TestCluster.Gaussian("garbage", mean: 8, iterations: 1500);
        var model = ClusterModel.Of(problem, BuildIdentity.Current);
        await using var party = await RawParty.OpenAsync((BrokerTopology.Watchers, ""));
        await using var cluster = new TestCluster();
        cluster.StartWorker(TestBroker.Settings);
        var worker = (await party.HearAsync<WorkerHere>(_ => true)).Worker;
        var sent = new TaskCompletionSource();
        var run = cluster.RunAsync(problem, TestBroker.Settings, new AtIteration(1, () => _ = SendAsync()));
        await sent.Task.WaitAsync(TestBroker.Patience);
        var report = (await party.HearAsync<SessionHere>(here => here.Session.Run.Name == "garbage" && here.Report.Garbage > 0)).Report;
        Assert.Equal(await TestCluster.LocalHashAsync(problem), await run);
        Assert.True(report.Garbage > 0);
        Assert.Contains(cluster.Log, line => line.Contains("makes no sense", StringComparison.Ordinal));

        async Task SendAsync()
        {
            try
            {
                foreach (var body in Bodies())
                {
                    await party.SendAsync("", BrokerTopology.WorkQueue(model), body);
                    await party.SendAsync(BrokerTopology.Control, "", body);
                    await party.SendAsync(BrokerTopology.Watchers, "", body);
                    await party.SendAsync(BrokerTopology.Workers, worker.Name, body);
                    await party.SendAsync(BrokerTopology.Coordinators, "garbage", body);
                }

                sent.SetResult();
            }
            catch (Exception exception)
            {
                sent.SetException(exception);
            }
        }
    }

    [SkippableFact]
    public async Task A_message_larger_than_any_is_thrown_away_and_breaks_no_connection()
    {
        await using var party = await RawParty.OpenAsync((BrokerTopology.Watchers, ""));
        await using var cluster = new TestCluster();
        cluster.StartWorker(TestBroker.Settings);
        var worker = (await party.HearAsync<WorkerHere>(_ => true)).Worker;
        await party.SendAsync(BrokerTopology.Workers, worker.Name, new byte[ClusterCodec.LargestOffer + 1]);
        await party.SendAsync(new Destination.OneWorker(worker), new RollCall());
        await party.HearAsync<WorkerHere>(here => here.Worker == worker);
        Assert.Contains(cluster.Log, line => line.Contains("more than any message has", StringComparison.Ordinal));
        Assert.DoesNotContain(cluster.Log, line => line.StartsWith("Lost the broker", StringComparison.Ordinal));
    }

    private static IEnumerable<byte[]> Bodies()
    {
        var random = new Random(1);
        for (var i = 0; i < 20; i++)
        {
            var body = new byte[random.Next(100)];
            random.NextBytes(body);
            yield return body;
        }

        yield return new byte[ClusterCodec.LargestWork + 1];
        yield return ClusterCodec.Encode(new RollCall()); // sense, in most of these places none
    }
}
