using System.Collections.Concurrent;
using System.Globalization;
using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;
using RabbitMQ.Client;

namespace Calibrate.Cluster.RabbitMq.Control;

/// <summary>
/// A connection to ask over. Answers come by RabbitMQ's direct reply-to: without a queue of our own, to the channel that asked, and lost with it. A request that
/// reaches nobody comes back from the broker at once.
/// </summary>
internal sealed class RequestLine : IAsyncDisposable
{
    private const string ReplyTo = "amq.rabbitmq.reply-to";

    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]?>> open = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim publishing = new(1);
    private long last;

    private RequestLine(IConnection connection, IChannel channel)
    {
        this.connection = connection;
        this.channel = channel;
        channel.BasicReturnAsync += (_, returned) => Settle(returned.BasicProperties.CorrelationId, null);
        channel.ChannelShutdownAsync += (_, reason) => Break(BrokerFailures.Closed(reason));
        connection.ConnectionShutdownAsync += (_, reason) => Break(BrokerFailures.Closed(reason));
    }

    public bool IsOpen => channel.IsOpen;

    public static async Task<RequestLine> OpenAsync(ConnectionFactory factory, CancellationToken cancellationToken)
    {
        var opened = await factory.CreateConnectionAsync(cancellationToken);
        try
        {
            var toAsk = await opened.CreateChannelAsync(new CreateChannelOptions(false, false), cancellationToken);
            await toAsk.ExchangeDeclareAsync(BrokerTopology.Requests, "direct", durable: true, autoDelete: false, cancellationToken: cancellationToken);
            var line = new RequestLine(opened, toAsk);
            await toAsk.BasicConsumeAsync(ReplyTo, autoAck: true, new ReplyConsumer(toAsk, line), cancellationToken);
            return line;
        }
        catch
        {
            await opened.EndAsync();
            throw;
        }
    }

    /// <summary>Asks.</summary>
    /// <returns>The answer; null when nobody is there to give one.</returns>
    public async Task<byte[]?> AskAsync(RunId run, ControlRequest request, CancellationToken cancellationToken)
    {
        var correlation = Interlocked.Increment(ref last).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<byte[]?>(TaskCreationOptions.RunContinuationsAsynchronously);
        open[correlation] = answer;
        try
        {
            var properties = new BasicProperties { DeliveryMode = DeliveryModes.Transient, CorrelationId = correlation, ReplyTo = ReplyTo };
            await publishing.WaitAsync(cancellationToken);
            try
            {
                await channel.BasicPublishAsync(
                    BrokerTopology.Requests, run.Name, mandatory: true, properties, ControlProtocol.WriteRequest(run, request), cancellationToken);
            }
            finally
            {
                publishing.Release();
            }

            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            open.TryRemove(correlation, out _);
        }
    }

    public async ValueTask DisposeAsync() => await connection.EndAsync();

    private Task Settle(string? correlation, byte[]? body)
    {
        if (correlation is not null && open.TryGetValue(correlation, out var answer))
        {
            answer.TrySetResult(body);
        }

        return Task.CompletedTask;
    }

    private Task Break(string reason)
    {
        foreach (var answer in open.Values)
        {
            answer.TrySetException(new IOException(reason));
        }

        return Task.CompletedTask;
    }

    private sealed class ReplyConsumer(IChannel channel, RequestLine line) : AsyncDefaultBasicConsumer(channel)
    {
        public override Task HandleBasicDeliverAsync(
            string consumerTag,
            ulong deliveryTag,
            bool redelivered,
            string exchange,
            string routingKey,
            IReadOnlyBasicProperties properties,
            ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken = default) => line.Settle(properties.CorrelationId, body.ToArray());
    }
}
