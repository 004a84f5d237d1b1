using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using RabbitMQ.Client;

namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>
/// Reads what arrives on one connection. Names of deliveries begin with the number of the connection, so that one of an earlier connection is never
/// taken for one of this.
/// </summary>
/// <param name="generation">The number of the connection.</param>
/// <param name="reader">Who wants it.</param>
internal sealed class Deliveries(int generation, ILinkReader reader)
{
    private const int TagBits = 40;
    private const ulong TagMask = (1UL << TagBits) - 1;

    public BrokerConnection? Connection { get; set; }

    /// <summary>The broker's tag of a delivery of this connection; null for one of another.</summary>
    public ulong? TagOf(long delivery) => (int)(delivery >> TagBits) == generation ? (ulong)delivery & TagMask : null;

    public void Own(ReadOnlySpan<byte> body)
    {
        if (ClusterCodec.TryDecode(body, out var message, out var problem))
        {
            reader.OnArrived(message);
        }
        else
        {
            reader.OnGarbled(problem);
        }
    }

    public void Work(ulong tag, bool redelivered, ReadOnlySpan<byte> body)
    {
        if (ClusterCodec.TryDecode(body, out var message, out var problem) && message is Work work)
        {
            reader.OnDelivered(((long)generation << TagBits) | (long)(tag & TagMask), work, redelivered);
            return;
        }

        // Gone from the queue, or it would come to every worker in turn.
        Connection?.TryPost(new LinkOrder.Discard(tag));
        reader.OnGarbled(problem ?? $"a {message?.GetType().Name} on a work queue");
    }
}

/// <summary>Consumes the process's own queue.</summary>
internal sealed class OwnQueueReader(IChannel channel, Deliveries deliveries, BrokerConnection connection) : AsyncDefaultBasicConsumer(channel)
{
    public override Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        deliveries.Own(body.Span);
        return Task.CompletedTask;
    }

    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        connection.Break("the broker removed a queue that was in use");
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }
}

/// <summary>Consumes a model's queue.</summary>
internal sealed class WorkQueueReader(IChannel channel, Deliveries deliveries, BrokerConnection connection) : AsyncDefaultBasicConsumer(channel)
{
    public override Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        deliveries.Work(deliveryTag, redelivered, body.Span);
        return Task.CompletedTask;
    }

    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        connection.Break("the broker removed a queue that was in use");
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }
}
