using System.Threading.Channels;
using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Calibrate.Cluster.RabbitMq.Tests.Support;

/// <summary>Somebody on the broker who follows no protocol: sends any bytes anywhere, and listens.</summary>
internal sealed class RawParty : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly Channel<ClusterMessage> heard = System.Threading.Channels.Channel.CreateUnbounded<ClusterMessage>();

    private RawParty(IConnection connection, IChannel channel)
    {
        this.connection = connection;
        Channel = channel;
    }

    public IChannel Channel { get; }

    public static async Task<RawParty> OpenAsync(params (string Exchange, string Key)[] bindings)
    {
        var opened = await ConnectionRecipe.Make(TestBroker.Settings, "test").CreateConnectionAsync();
        var party = new RawParty(opened, await opened.CreateChannelAsync());
        foreach (var (name, type) in BrokerTopology.Exchanges)
        {
            await party.Channel.ExchangeDeclareAsync(name, type, durable: true);
        }

        var own = await party.Channel.QueueDeclareAsync();
        foreach (var (exchange, key) in bindings)
        {
            await party.Channel.QueueBindAsync(own.QueueName, exchange, key);
        }

        var consumer = new AsyncEventingBasicConsumer(party.Channel);
        consumer.ReceivedAsync += (sender, delivered) =>
        {
            if (ClusterCodec.TryDecode(delivered.Body.Span, out var message, out _))
            {
                party.heard.Writer.TryWrite(message);
            }

            return Task.CompletedTask;
        };
        await party.Channel.BasicConsumeAsync(own.QueueName, autoAck: true, consumer);
        return party;
    }

    public async Task SendAsync(Destination to, ClusterMessage message)
    {
        var (exchange, key, _) = BrokerTopology.RouteTo(to);
        await SendAsync(exchange, key, ClusterCodec.Encode(message));
    }

    public async Task SendAsync(string exchange, string key, byte[] body) => await Channel.BasicPublishAsync(exchange, key, body);

    /// <summary>Waits for a message; others before it are skipped.</summary>
    public async Task<T> HearAsync<T>(Func<T, bool> isIt)
        where T : ClusterMessage
    {
        using var patience = new CancellationTokenSource(TestBroker.Patience);
        while (true)
        {
            if (await heard.Reader.ReadAsync(patience.Token) is T message && isIt(message))
            {
                return message;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await connection.AbortAsync();
        await connection.DisposeAsync();
    }
}
