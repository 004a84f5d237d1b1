using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cluster.RabbitMq.Tests.Links;

public class DeliveriesTests : ILinkReader
{
    private readonly List<string> heard = [];
    private long delivery;

    [Fact]
    public void A_delivery_of_another_connection_has_no_tag_on_this_one()
    {
        var first = new Deliveries(1, this);
        var second = new Deliveries(2, this);
        first.Work(77, redelivered: true, ClusterCodec.Encode(Sample));
        Assert.Equal(["work redelivered"], heard);
        Assert.Equal(77UL, first.TagOf(delivery));
        Assert.Null(second.TagOf(delivery));
    }

    [Fact]
    public void Garbage_and_what_does_not_belong_there_is_told_apart_from_work()
    {
        var deliveries = new Deliveries(1, this);
        deliveries.Work(1, redelivered: false, [1, 2, 3]);
        deliveries.Work(2, redelivered: false, ClusterCodec.Encode(new RollCall()));
        deliveries.Own([4, 5]);
        deliveries.Own(ClusterCodec.Encode(new RollCall()));
        Assert.Equal(["garbled", "garbled", "garbled", "RollCall"], heard);
    }

    void ILinkReader.OnConnected()
    {
    }

    void ILinkReader.OnDisconnected()
    {
    }

    void ILinkReader.OnGivenUp(BrokerException exception)
    {
    }

    void ILinkReader.OnArrived(ClusterMessage message) => heard.Add(message.GetType().Name);

    void ILinkReader.OnDelivered(long delivery, Work work, bool redelivered)
    {
        this.delivery = delivery;
        heard.Add(redelivered ? "work redelivered" : "work");
    }

    void ILinkReader.OnGarbled(string problem) => heard.Add("garbled");

    private static Work Sample => new(
        new SessionId(RunId.Parse("run"), 1), new ModelFingerprint(Fingerprint.Of("model")), 1, [new EvaluationRequest(new EvaluationId(0, 1, 2, 0), [1])], false, false);
}
