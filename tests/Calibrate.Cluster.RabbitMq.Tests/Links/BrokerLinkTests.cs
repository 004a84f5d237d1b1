using System.Net;
using System.Net.Sockets;
using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Cluster.RabbitMq.Tests.Support;
using Calibrate.Problems;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cluster.RabbitMq.Tests.Links;

[Collection(BrokerCollection.Name)]
public class BrokerLinkTests
{
    private const string Secret = "not-the-password";

    [SkippableFact]
    public async Task A_wrong_password_is_told_at_once_and_never_repeated()
    {
        var exception = await Assert.ThrowsAsync<BrokerException>(() => OpenAsync(TestBroker.Address with { Password = Secret }));
        Assert.Contains("wrong user or password", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_virtual_host_that_is_not_there_is_told()
    {
        var exception = await Assert.ThrowsAsync<BrokerException>(() => OpenAsync(TestBroker.Address with { VirtualHost = "nowhere" }));
        Assert.Contains("virtual host 'nowhere'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_is_named_with_what_to_check()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        var exception = await Assert.ThrowsAsync<BrokerException>(() => OpenAsync(BrokerAddress.Parse($"amqp://user:{Secret}@127.0.0.1:{port}/")));
        Assert.Contains($"127.0.0.1:{port} cannot be reached: 2 attempts", exception.Message, StringComparison.Ordinal);
        Assert.Contains("connection refused", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_became_of_a_message_is_told()
    {
        var model = new ModelFingerprint(Fingerprint.Of("a model that nobody has"));
        await using var link = new BrokerLink(TestBroker.Settings, new LinkPlan("test", []), new Deaf(), TimeProvider.System, _ => { });
        await link.OpenAsync(CancellationToken.None);
        Assert.Equal(SendResult.Unroutable, await SendAsync(link, new Destination.Coordinator(RunId.Parse("nobody-coordinates-this"))));
        Assert.Equal(SendResult.Unroutable, await SendAsync(link, new Destination.WorkQueue(model)));
        Assert.Null(await link.MeasureAsync(model));
        link.DeclareWork(model);
        Assert.Equal(SendResult.Taken, await SendAsync(link, new Destination.WorkQueue(model)));
        await link.FlushAsync();
        Assert.Equal(new QueueDepth(1, 0), await link.MeasureAsync(model));
        await using var party = await RawParty.OpenAsync();
        await party.Channel.QueueDeleteAsync(BrokerTopology.WorkQueue(model), ifUnused: false, ifEmpty: false);
    }

    [SkippableFact]
    public async Task Orders_without_a_connection_are_answered()
    {
        await using var link = new BrokerLink(TestBroker.Settings, new LinkPlan("test", []), new Deaf(), TimeProvider.System, _ => { });
        Assert.Equal(SendResult.Unknown, await SendAsync(link, new Destination.AllWorkers()));
        await link.FlushAsync();
        link.Acknowledge(1);
    }

    private static async Task<SendResult> SendAsync(BrokerLink link, Destination to)
    {
        var settled = new TaskCompletionSource<SendResult>();
        link.Send(to, new RollCall(), settled.SetResult);
        return await settled.Task.WaitAsync(TestBroker.Patience);
    }

    private static async Task OpenAsync(BrokerAddress address)
    {
        await using var link = new BrokerLink(TestBroker.At(address), new LinkPlan("test", []), new Deaf(), TimeProvider.System, _ => { });
        await link.OpenAsync(CancellationToken.None);
    }

    private sealed class Deaf : ILinkReader
    {
        public void OnConnected()
        {
        }

        public void OnDisconnected()
        {
        }

        public void OnGivenUp(BrokerException exception)
        {
        }

        public void OnArrived(ClusterMessage message)
        {
        }

        public void OnDelivered(long delivery, Work work, bool redelivered)
        {
        }

        public void OnGarbled(string problem)
        {
        }
    }
}
