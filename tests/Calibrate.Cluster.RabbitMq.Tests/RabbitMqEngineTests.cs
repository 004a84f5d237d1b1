using Calibrate.Cluster.RabbitMq.Tests.Support;
using Calibrate.Inference;
using Calibrate.Problems.Files;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Cluster.RabbitMq.Tests;

[Collection(BrokerCollection.Name)]
public class RabbitMqEngineTests
{
    [SkippableFact]
    public async Task The_chain_is_that_of_the_local_engine()
    {
        var problem = TestCluster.Gaussian("same-chain", mean: 1);
        await using var cluster = new TestCluster();
        cluster.StartWorker(TestBroker.Settings);
        Assert.Equal(await TestCluster.LocalHashAsync(problem), await cluster.RunAsync(problem, TestBroker.Settings));
    }

    [SkippableFact]
    public async Task The_barrier_gives_the_same_chain()
    {
        var problem = TestCluster.Gaussian("barrier", mean: 2, iterations: 10, more: "execution: { scheduling: barrier }");
        await using var cluster = new TestCluster();
        cluster.StartWorker(TestBroker.Settings);
        Assert.Equal(await TestCluster.LocalHashAsync(problem), await cluster.RunAsync(problem, TestBroker.Settings));
    }

    [SkippableFact]
    public async Task Two_runs_share_one_worker()
    {
        var one = TestCluster.Gaussian("shared-1", mean: 3);
        var two = TestCluster.Gaussian("shared-2", mean: 4);
        await using var cluster = new TestCluster();
        cluster.StartWorker(TestBroker.Settings);
        var hashes = await Task.WhenAll(cluster.RunAsync(one, TestBroker.Settings), cluster.RunAsync(two, TestBroker.Settings));
        Assert.Equal([await TestCluster.LocalHashAsync(one), await TestCluster.LocalHashAsync(two)], hashes);
    }

    [SkippableFact]
    public async Task A_worker_that_is_killed_changes_nothing()
    {
        var problem = TestCluster.Gaussian("killed", mean: 5, iterations: 400);
        await using var cluster = new TestCluster();
        var victim = cluster.StartWorkerProcess();
        var hash = await cluster.RunAsync(problem, TestBroker.Settings, new AtIteration(1, () =>
        {
            victim.Kill();
            cluster.StartWorker(TestBroker.Settings);
        }));
        Assert.Equal(await TestCluster.LocalHashAsync(problem), hash);
        Assert.True(victim.HasExited);
    }

    [SkippableFact]
    public async Task Cut_connections_are_made_again_and_change_nothing()
    {
        var problem = TestCluster.Gaussian("cut", mean: 6, iterations: 400);
        await using var proxy = new BrokerProxy(TestBroker.Address);
        await using var cluster = new TestCluster();
        cluster.StartWorker(proxy.Settings);
        var hash = await cluster.RunAsync(problem, proxy.Settings, new AtIteration(1, () => Assert.True(proxy.Cut() >= 2)));
        Assert.Equal(await TestCluster.LocalHashAsync(problem), hash);
        Assert.Contains(cluster.Log, line => line.StartsWith("Lost the broker", StringComparison.Ordinal));
        Assert.Contains(cluster.Log, line => line.StartsWith("Connected to the broker", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_worker_that_stops_hands_its_work_back()
    {
        var problem = TestCluster.Gaussian("graceful", mean: 7, iterations: 400);
        await using var cluster = new TestCluster();
        var leaving = cluster.StartWorker(TestBroker.Settings);
        var hash = await cluster.RunAsync(problem, TestBroker.Settings, new AtIteration(1, () =>
        {
            cluster.StartWorker(TestBroker.Settings);
            leaving.Stop.Cancel();
        }));
        Assert.Equal(await TestCluster.LocalHashAsync(problem), hash);
        await leaving.Task;
    }

    [Fact]
    public async Task A_time_limit_that_the_broker_would_not_wait_for_is_refused()
    {
        var problem = TestCluster.Gaussian("patient", more: "execution: { timeout: 1000h }");
        await using var journal = new InMemoryJournal();
        var host = new RunHost(journal, TimeProvider.System, (_, clock) => new RabbitMqEngine(
            new BrokerSettings(BrokerAddress.Parse("amqp://127.0.0.1:1/")), clock, _ => { }));
        var refused = await Assert.ThrowsAsync<RunRefusedException>(() => host.RunAsync(new RunRequest(RunId.Parse("patient"), problem)));
        Assert.Contains("execution.timeout", refused.Message, StringComparison.Ordinal);
    }
}
