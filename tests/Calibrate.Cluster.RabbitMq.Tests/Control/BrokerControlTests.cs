using System.Text;
using Calibrate.Cluster.RabbitMq.Control;
using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Cluster.RabbitMq.Tests.Support;
using Calibrate.Runtime;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;

namespace Calibrate.Cluster.RabbitMq.Tests.Control;

/// <summary>Both ends of the way over a broker, and a run at the end of it.</summary>
[Collection(BrokerCollection.Name)]
public class BrokerControlTests
{
    private readonly List<string> log = [];

    [SkippableFact]
    public async Task Requests_reach_the_run_they_are_for_and_nobody_else()
    {
        await using var control = new BrokerRunControl(TestBroker.Settings, TimeProvider.System);
        await using var one = await OpenAsync("control-one", "one");
        await using (await OpenAsync("control-two", "two"))
        {
            Assert.Equal("one", (await UntilServedAsync(control, "control-one")).Message);
            Assert.Equal("two", (await UntilServedAsync(control, "control-two")).Message);
            var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => control.SendAsync(
                RunId.Parse(i % 2 == 0 ? "control-one" : "control-two"), new ControlRequest.Status())));
            Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? "one" : "two"), replies.Select(reply => reply.Message));
        }

        Assert.Equal(ControlResult.NotRunning, (await control.SendAsync(RunId.Parse("control-two"), new ControlRequest.Status())).Result);
        Assert.Equal("one", (await control.SendAsync(RunId.Parse("control-one"), new ControlRequest.Status())).Message);
    }

    [SkippableFact]
    public async Task A_connection_that_was_cut_is_made_again_on_both_sides()
    {
        await using var proxy = new BrokerProxy(TestBroker.Address);
        await using var control = new BrokerRunControl(proxy.Settings, TimeProvider.System);
        await using var served = await OpenAsync("control-cut", "here", proxy.Settings);
        await UntilServedAsync(control, "control-cut");
        Assert.True(proxy.Cut() > 0);
        Assert.Equal("here", (await UntilServedAsync(control, "control-cut")).Message);
    }

    [SkippableFact]
    public async Task Nonsense_is_refused_or_dropped_and_requests_are_answered_all_the_same()
    {
        await using var control = new BrokerRunControl(TestBroker.Settings, TimeProvider.System);
        await using var served = await OpenAsync("control-nonsense", "here");
        await UntilServedAsync(control, "control-nonsense");
        await using var party = await RawParty.OpenAsync();
        foreach (var body in (byte[][])[[], Encoding.UTF8.GetBytes("GET /"), new byte[1 << 20]])
        {
            await party.SendAsync(BrokerTopology.Requests, "control-nonsense", body);
        }

        Assert.Equal("here", (await control.SendAsync(RunId.Parse("control-nonsense"), new ControlRequest.Status())).Message);
    }

    [SkippableFact]
    public async Task Wrong_credentials_are_told_from_a_broker_that_is_not_there()
    {
        await using var stranger = new BrokerRunControl(
            TestBroker.At(BrokerAddress.Parse($"amqp://nobody:wrong@{TestBroker.Address.Endpoint}/")), TimeProvider.System);
        Assert.Equal(ControlResult.Forbidden, (await stranger.SendAsync(RunId.Parse("x"), new ControlRequest.Status())).Result);
        await using var nowhere = new BrokerRunControl(TestBroker.At(BrokerAddress.Parse("amqp://nobody:wrong@127.0.0.1:1/")), TimeProvider.System);
        Assert.Equal(ControlResult.Unreachable, (await nowhere.SendAsync(RunId.Parse("x"), new ControlRequest.Status())).Result);
    }

    [SkippableFact]
    public async Task A_run_is_paused_and_resumed_over_the_broker_and_its_chain_is_the_same()
    {
        var problem = TestCluster.Gaussian("control-run", mean: 9, iterations: 400);
        var run = RunId.Parse(problem.Name);
        await using var cluster = new TestCluster();
        cluster.StartWorker(TestBroker.Settings);
        await using var journal = new InMemoryJournal();
        await using var control = new BrokerRunControl(TestBroker.Settings, TimeProvider.System);
        var host = new RunHost(journal, TimeProvider.System, (_, clock) => new RabbitMqEngine(TestBroker.Settings, clock, cluster.Log.Enqueue));
        var running = host.RunAsync(new RunRequest(run, problem)
        {
            Iterations = 2_000_000_000,
            Control = [new BrokerControlEndpoint(TestBroker.Settings, TimeProvider.System, cluster.Log.Enqueue)],
        });

        var moving = await UntilAsync(control, run, status => status.Iteration > 5 && status.Nodes.Any(node => node.Host.Length > 0));
        Assert.Equal((2, "thread"), (moving.Nodes[0].SlotCount, moving.Nodes[0].Isolation));
        var paused = await control.SendAsync(run, new ControlRequest.Pause());
        Assert.Equal(LiveStatus.Paused, paused.Status?.Status);
        var later = await control.SendAsync(run, new ControlRequest.Status());
        Assert.Equal((paused.Status!.Iteration, LiveStatus.Paused), (later.Status!.Iteration, later.Status.Status));
        Assert.True((await control.SendAsync(run, new ControlRequest.Resume())).IsDone);
        await UntilAsync(control, run, status => status.Iteration > Math.Max(400, paused.Status.Iteration));
        Assert.True((await control.SendAsync(run, new ControlRequest.Stop())).IsDone);
        Assert.Equal(RunOutcome.Paused, (await running.WaitAsync(TestBroker.Patience)).Outcome);
        Assert.Equal(await TestCluster.LocalHashAsync(problem), await RunHash.AtAsync(journal, run, 400));
    }

    private static async Task<RunStatusSnapshot> UntilAsync(BrokerRunControl control, RunId run, Func<RunStatusSnapshot, bool> isIt)
    {
        using var patience = new CancellationTokenSource(TestBroker.Patience);
        while (true)
        {
            if ((await control.SendAsync(run, new ControlRequest.Status(), patience.Token)).Status is { } status && isIt(status))
            {
                return status;
            }
        }
    }

    private static async Task<ControlReply> UntilServedAsync(BrokerRunControl control, string run)
    {
        using var patience = new CancellationTokenSource(TestBroker.Patience);
        while (true)
        {
            if (await control.SendAsync(RunId.Parse(run), new ControlRequest.Status(), patience.Token) is { IsDone: true } reply)
            {
                return reply;
            }
        }
    }

    private Task<IAsyncDisposable?> OpenAsync(string run, string message, BrokerSettings? broker = null) =>
        new BrokerControlEndpoint(broker ?? TestBroker.Settings, TimeProvider.System, log.Add).OpenAsync(
            RunId.Parse(run), (_, _) => Task.FromResult(new ControlReply(ControlResult.Done, message)));
}
