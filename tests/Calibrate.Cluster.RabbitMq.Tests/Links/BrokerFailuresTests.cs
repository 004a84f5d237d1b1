using System.Net.Sockets;
using Calibrate.Cluster.RabbitMq.Links;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Calibrate.Cluster.RabbitMq.Tests.Links;

public class BrokerFailuresTests
{
    private static readonly BrokerAddress Address = BrokerAddress.Parse("amqp://me:secret@host/cal");

    [Fact]
    public void What_another_attempt_may_mend_is_not_final() =>
        Assert.Null(BrokerFailures.FinalOf(new BrokerUnreachableException(new SocketException((int)SocketError.ConnectionRefused)), Address));

    [Theory]
    [InlineData(530, "virtual host 'cal'")]
    [InlineData(403, "set_permissions")]
    [InlineData(406, "another version")]
    public void What_the_broker_refuses_is_final_and_says_what_to_check(int code, string expected)
    {
        var final = BrokerFailures.FinalOf(new BrokerUnreachableException(Interrupted((ushort)code, "no")), Address);
        Assert.Contains(expected, final?.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", final?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_deep_inside_is_told_in_a_word()
    {
        Assert.Equal("connection refused", BrokerFailures.Brief(new BrokerUnreachableException(new SocketException((int)SocketError.ConnectionRefused))));
        Assert.Equal("unknown host", BrokerFailures.Brief(new SocketException((int)SocketError.HostNotFound)));
        Assert.Equal("no answer", BrokerFailures.Brief(new TimeoutException()));
        Assert.Equal("shut down", BrokerFailures.Brief(Interrupted(320, "shut down")));
    }

    [Fact]
    public void An_evaluation_that_took_too_long_for_the_broker_is_recognised() =>
        Assert.Contains(
            "consumer_timeout",
            BrokerFailures.Closed(new ShutdownEventArgs(ShutdownInitiator.Peer, 406, "PRECONDITION_FAILED - delivery acknowledgement on channel 2 timed out.")),
            StringComparison.Ordinal);

    private static OperationInterruptedException Interrupted(ushort code, string text) => new(new ShutdownEventArgs(ShutdownInitiator.Peer, code, text));
}
