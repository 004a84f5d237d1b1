using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Cluster.RabbitMq.Tests.Support;
using Calibrate.Inference;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Journals;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Calibrate.Cluster.RabbitMq.Tests.Workers;

/// <summary>A worker against a coordinator that is played by hand.</summary>
[Collection(BrokerCollection.Name)]
public class WorkerHostTests
{
    [SkippableFact]
    public async Task Work_that_somebody_vanished_with_comes_back_unevaluated()
    {
        var problem = TestCluster.Gaussian("redelivered", mean: 9);
        var session = new SessionId(RunId.Parse("redelivered"), 1);
        var model = ClusterModel.Of(problem, BuildIdentity.Current);
        await using var party = await RawParty.OpenAsync((BrokerTopology.Watchers, ""), (BrokerTopology.Coordinators, "redelivered"));
        await using var cluster = new TestCluster();
        cluster.StartWorker(TestBroker.Settings, slots: 1);
        var worker = (await party.HearAsync<WorkerHere>(_ => true)).Worker;
        await party.SendAsync(new Destination.OneWorker(worker), new Offer(
            session, model, ProblemBundle.Of(problem), HostPlatform.Current, BuildIdentity.Current, Canaries.Of(problem), new SlotLimits(null, null)));
        var proof = await party.HearAsync<Proof>(_ => true);
        Assert.Equal(("", model, Canaries.Count), (proof.Refusal, proof.Model, proof.Canaries.Count));

        var queue = BrokerTopology.WorkQueue(model);
        await party.Channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, BrokerTopology.WorkQueueArguments());
        await party.SendAsync(new Destination.WorkQueue(model), WorkOf(session, model, batch: 1));
        await VanishWithAsync(queue);
        await party.SendAsync(new Destination.OneWorker(worker), new Admitted(session, worker, model));
        var returned = await party.HearAsync<WorkDone>(done => done.Batch == 1);
        Assert.Equal(WorkReturn.Redelivered, returned.Return);
        Assert.All(returned.Outcomes, settled => Assert.IsType<Lost>(settled.Outcome));

        await party.SendAsync(new Destination.WorkQueue(model), WorkOf(session, model, batch: 2));
        var done = await party.HearAsync<WorkDone>(done => done.Batch == 2);
        Assert.Equal(WorkReturn.None, done.Return);
        Assert.All(done.Outcomes, settled => Assert.IsType<Evaluated>(settled.Outcome));
        await party.SendAsync(new Destination.OneWorker(worker), new WorkReceived(session, worker, [(session, 1), (session, 2)]));
    }

    [SkippableFact]
    public async Task A_problem_that_cannot_be_built_is_refused_with_the_reason()
    {
        var problem = TestCluster.Gaussian("strange", mean: 10);
        var bundle = ProblemBundle.Of(problem);
        await using var party = await RawParty.OpenAsync((BrokerTopology.Watchers, ""), (BrokerTopology.Coordinators, "strange"));
        await using var cluster = new TestCluster();
        cluster.StartWorker(TestBroker.Settings, slots: 1);
        var worker = (await party.HearAsync<WorkerHere>(_ => true)).Worker;
        await party.SendAsync(new Destination.OneWorker(worker), new Offer(
            new SessionId(RunId.Parse("strange"), 1),
            ClusterModel.Of(problem, BuildIdentity.Current),
            bundle with { Source = bundle.Source with { Text = bundle.Source.Text.Replace("gaussian", "no-such-model", StringComparison.Ordinal) } },
            HostPlatform.Current,
            BuildIdentity.Current,
            Canaries.Of(problem),
            new SlotLimits(null, null)));
        var proof = await party.HearAsync<Proof>(_ => true);
        Assert.Null(proof.Model);
        Assert.Contains("no-such-model", proof.Refusal, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_worker_that_is_told_to_stop_says_goodbye()
    {
        await using var party = await RawParty.OpenAsync((BrokerTopology.Watchers, ""));
        await using var cluster = new TestCluster();
        var (task, stop) = cluster.StartWorker(TestBroker.Settings, slots: 1);
        var worker = (await party.HearAsync<WorkerHere>(_ => true)).Worker;
        await stop.CancelAsync();
        await party.HearAsync<WorkerGone>(gone => gone.Worker == worker);
        await task;
    }

    private static Work WorkOf(SessionId session, ModelFingerprint model, long batch) =>
        new(session, model, batch, [new EvaluationRequest(new EvaluationId(0, 1, (int)batch, 0), [0.5, 0.25])], Suspect: false, Repeat: false);

    private static async Task VanishWithAsync(string queue)
    {
        await using var victim = await RawParty.OpenAsync();
        var taken = new TaskCompletionSource();
        var consumer = new AsyncEventingBasicConsumer(victim.Channel);
        consumer.ReceivedAsync += (_, _) =>
        {
            taken.TrySetResult();
            return Task.CompletedTask;
        };
        await victim.Channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        await taken.Task.WaitAsync(TestBroker.Patience);
    }
}
