using System.Threading.Channels;
using Calibrate.Runtime.Cluster;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>
/// One connection from its opening to its end: a channel to publish on, with confirmations, and a channel to consume on. Orders are carried out one
/// after the other. Whatever breaks, ends the connection: there is one way to recover, and it is a new one.
/// </summary>
internal sealed class BrokerConnection : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly IChannel publishing;
    private readonly IChannel consuming;
    private readonly string ownQueue;
    private readonly Deliveries deliveries;
    private readonly Confirms confirms = new();
    private readonly HashSet<ModelFingerprint> declared = [];
    private readonly Dictionary<ModelFingerprint, string> consumers = [];
    private readonly TaskCompletionSource<string> closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<LinkOrder> orders = Channel.CreateUnbounded<LinkOrder>(new UnboundedChannelOptions { SingleReader = true });

    private BrokerConnection(
        IConnection connection, IChannel publishing, IChannel consuming, string ownQueue, Deliveries deliveries, Action<string> log)
    {
        this.connection = connection;
        this.publishing = publishing;
        this.consuming = consuming;
        this.ownQueue = ownQueue;
        this.deliveries = deliveries;
        deliveries.Connection = this;
        publishing.BasicAcksAsync += (_, taken) => Settle(taken.DeliveryTag, taken.Multiple, taken: true);
        publishing.BasicNacksAsync += (_, refused) => Settle(refused.DeliveryTag, refused.Multiple, taken: false);
        publishing.BasicReturnAsync += (_, returned) =>
        {
            confirms.Returned(returned.BasicProperties.MessageId);
            return Task.CompletedTask;
        };
        connection.ConnectionBlockedAsync += (_, blocked) =>
        {
            log($"The broker takes nothing in for now ({blocked.Reason}); waiting until it does.");
            return Task.CompletedTask;
        };
        connection.ConnectionShutdownAsync += (_, reason) => Close(BrokerFailures.Closed(reason));
        publishing.ChannelShutdownAsync += (_, reason) => Close(BrokerFailures.Closed(reason));
        consuming.ChannelShutdownAsync += (_, reason) => Close(BrokerFailures.Closed(reason));
    }

    /// <summary>Connects, declares what must be there, and makes the process's own queue; nothing is consumed yet.</summary>
    public static async Task<BrokerConnection> OpenAsync(
        ConnectionFactory factory, LinkPlan plan, Deliveries deliveries, Action<string> log, CancellationToken cancellationToken)
    {
        var opened = await factory.CreateConnectionAsync(cancellationToken);
        try
        {
            var toPublish = await opened.CreateChannelAsync(new CreateChannelOptions(true, false), cancellationToken);
            var toConsume = await opened.CreateChannelAsync(new CreateChannelOptions(false, false), cancellationToken);
            foreach (var (name, type) in BrokerTopology.Exchanges)
            {
                await toConsume.ExchangeDeclareAsync(name, type, durable: true, autoDelete: false, cancellationToken: cancellationToken);
            }

            var own = await toConsume.QueueDeclareAsync(
                "", durable: false, exclusive: true, autoDelete: true, BrokerTopology.OwnQueueArguments(), cancellationToken: cancellationToken);
            foreach (var (exchange, key) in plan.Bindings)
            {
                await toConsume.QueueBindAsync(own.QueueName, exchange, key, cancellationToken: cancellationToken);
            }

            return new BrokerConnection(opened, toPublish, toConsume, own.QueueName, deliveries, log);
        }
        catch
        {
            await opened.EndAsync();
            throw;
        }
    }

    /// <summary>Tells the connection to do something; false when it is over.</summary>
    public bool TryPost(LinkOrder order) => orders.Writer.TryWrite(order);

    /// <summary>Works until the connection breaks.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Why it broke.</returns>
    public async Task<string> ServeAsync(CancellationToken cancellationToken)
    {
        await using var ending = cancellationToken.Register(() => closed.TrySetResult("ended"));
        _ = closed.Task.ContinueWith(_ => orders.Writer.TryComplete(), TaskScheduler.Default);
        try
        {
            await consuming.BasicConsumeAsync(ownQueue, autoAck: true, new OwnQueueReader(consuming, deliveries, this), cancellationToken);
            while (!closed.Task.IsCompleted && await orders.Reader.WaitToReadAsync(CancellationToken.None))
            {
                while (!closed.Task.IsCompleted && orders.Reader.TryRead(out var order))
                {
                    await CarryOutAsync(order);
                }
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever an order fails with, the connection is not what it was.
            closed.TrySetResult(BrokerFailures.Brief(exception));
        }

        orders.Writer.TryComplete();
        confirms.Abandon();
        while (orders.Reader.TryRead(out var order))
        {
            LinkOrders.Abandon(order);
        }

        return await closed.Task;
    }

    /// <summary>Ends the connection.</summary>
    public void Break(string reason) => closed.TrySetResult(reason);

    public async ValueTask DisposeAsync()
    {
        closed.TrySetResult("ended");
        await connection.EndAsync();
    }

    private Task Settle(ulong number, bool multiple, bool taken)
    {
        confirms.Settle(number, multiple, taken);
        return Task.CompletedTask;
    }

    private Task Close(string reason)
    {
        closed.TrySetResult(reason);
        return Task.CompletedTask;
    }

    private async ValueTask CarryOutAsync(LinkOrder order)
    {
        switch (order)
        {
            case LinkOrder.Publish publish:
                var number = confirms.Begin(publish.Settled);
                var properties = new BasicProperties { MessageId = Confirms.NameOf(number), DeliveryMode = DeliveryModes.Transient };
                await publishing.BasicPublishAsync(publish.Exchange, publish.Key, publish.Mandatory, properties, publish.Body);
                break;
            case LinkOrder.DeclareWork declare:
                declared.Remove(declare.Model);
                await DeclareAsync(declare.Model);
                break;
            case LinkOrder.Consume consume:
                await CeaseAsync(consume.Model);
                await DeclareAsync(consume.Model);
                await consuming.BasicQosAsync(0, (ushort)Math.Clamp(consume.Prefetch, 1, ushort.MaxValue), global: false);
                consumers[consume.Model] = await consuming.BasicConsumeAsync(
                    BrokerTopology.WorkQueue(consume.Model), autoAck: false, new WorkQueueReader(consuming, deliveries, this));
                break;
            case LinkOrder.Cease cease:
                await CeaseAsync(cease.Model);
                break;
            case LinkOrder.Acknowledge acknowledge:
                await consuming.BasicAckAsync(acknowledge.Tag, multiple: false);
                break;
            case LinkOrder.Discard discard:
                await consuming.BasicRejectAsync(discard.Tag, requeue: false);
                break;
            case LinkOrder.Measure measure:
                measure.Answer.TrySetResult(await MeasureAsync(measure.Model));
                break;
            case LinkOrder.Flush flush:
                _ = confirms.DrainAsync().ContinueWith(_ => flush.Done.TrySetResult(), TaskScheduler.Default);
                break;
            default:
                throw new ArgumentException($"A connection does not know the order {order.GetType().Name}.", nameof(order));
        }
    }

    // Asking for a queue that is not there closes the channel: so it is a channel of its own.
    private async Task<QueueDepth?> MeasureAsync(ModelFingerprint model)
    {
        try
        {
            await using var asking = await connection.CreateChannelAsync();
            var found = await asking.QueueDeclarePassiveAsync(BrokerTopology.WorkQueue(model));
            return new QueueDepth(found.MessageCount, found.ConsumerCount);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }

    private async ValueTask DeclareAsync(ModelFingerprint model)
    {
        if (declared.Add(model))
        {
            await consuming.QueueDeclareAsync(
                BrokerTopology.WorkQueue(model), durable: true, exclusive: false, autoDelete: false, BrokerTopology.WorkQueueArguments());
        }
    }

    private async ValueTask CeaseAsync(ModelFingerprint model)
    {
        if (consumers.Remove(model, out var tag))
        {
            await consuming.BasicCancelAsync(tag);
        }
    }
}
