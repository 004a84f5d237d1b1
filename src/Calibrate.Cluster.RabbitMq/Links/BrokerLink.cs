using System.Globalization;
using System.Security.Cryptography;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using RabbitMQ.Client;

namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>
/// A process's way to a broker that outlives its connections: connects, notices when the connection broke, connects again. What was sent to a broken
/// connection is lost, as the cluster's protocol allows.
/// </summary>
internal sealed class BrokerLink : IAsyncDisposable
{
    private readonly BrokerSettings settings;
    private readonly LinkPlan plan;
    private readonly ILinkReader reader;
    private readonly TimeProvider clock;
    private readonly Action<string> log;
    private readonly ConnectionFactory factory;
    private readonly CancellationTokenSource ending = new();
    private volatile Live? live;
    private Task serving = Task.CompletedTask;
    private int generation;

    /// <summary>Creates the link; nothing is connected yet.</summary>
    /// <param name="settings">The broker, and how often to try.</param>
    /// <param name="plan">What this process is there.</param>
    /// <param name="reader">Who takes in what arrives.</param>
    /// <param name="clock">Measures pauses.</param>
    /// <param name="log">Takes one line when the connection breaks and one when it is back.</param>
    /// <exception cref="BrokerException">A certificate cannot be read.</exception>
    public BrokerLink(BrokerSettings settings, LinkPlan plan, ILinkReader reader, TimeProvider clock, Action<string> log)
    {
        this.settings = settings;
        this.plan = plan;
        this.reader = reader;
        this.clock = clock;
        this.log = log;
        factory = ConnectionRecipe.Make(settings, plan.Name);
    }

    /// <summary>Connects for the first time.</summary>
    /// <param name="cancellationToken">Ends the attempts.</param>
    /// <exception cref="BrokerException">The broker cannot be reached or refuses this client.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var first = await ConnectAsync((attempt, _) => attempt < settings.FirstAttempts, cancellationToken);
        live = first; // what is sent from here on waits for the connection to be served
        serving = Task.Run(() => ServeAsync(first), CancellationToken.None);
    }

    /// <summary>Sends a message.</summary>
    /// <param name="to">Where.</param>
    /// <param name="message">What.</param>
    /// <param name="settled">Is told once what became of it; must not wait. Null when nobody wants to know.</param>
    public void Send(Destination to, ClusterMessage message, Action<SendResult>? settled = null)
    {
        var (exchange, key, mandatory) = BrokerTopology.RouteTo(to);
        Post(new LinkOrder.Publish(exchange, key, mandatory, ClusterCodec.Encode(message), settled));
    }

    /// <summary>Makes sure that a model's queue is there.</summary>
    public void DeclareWork(ModelFingerprint model) => Post(new LinkOrder.DeclareWork(model));

    /// <summary>Takes work from a model's queue; said again, with another prefetch.</summary>
    public void Consume(ModelFingerprint model, int prefetch) => Post(new LinkOrder.Consume(model, prefetch));

    /// <summary>Takes no more work from a model's queue.</summary>
    public void Cease(ModelFingerprint model) => Post(new LinkOrder.Cease(model));

    /// <summary>Acknowledges a delivery; one of an earlier connection is void and nothing happens.</summary>
    public void Acknowledge(long delivery)
    {
        if (live is { } now && now.Deliveries.TagOf(delivery) is { } tag)
        {
            now.Connection.TryPost(new LinkOrder.Acknowledge(tag));
        }
    }

    /// <summary>Gives the connection up for another: what was sent on it is in doubt.</summary>
    public void Break(string reason) => live?.Connection.Break(reason);

    /// <summary>How full a model's queue is; null when there is none, or no connection.</summary>
    public Task<QueueDepth?> MeasureAsync(ModelFingerprint model)
    {
        var answer = new TaskCompletionSource<QueueDepth?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new LinkOrder.Measure(model, answer));
        return answer.Task;
    }

    /// <summary>Waits until the broker has everything that was sent, or the connection is gone.</summary>
    public Task FlushAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new LinkOrder.Flush(done));
        return done.Task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await serving;
        ending.Dispose();
    }

    private void Post(LinkOrder order)
    {
        if (live is not { } now || !now.Connection.TryPost(order))
        {
            LinkOrders.Abandon(order);
        }
    }

    private async Task ServeAsync(Live first)
    {
        try
        {
            for (var current = first; ; current = await ReconnectAsync())
            {
                live = current;
                reader.OnConnected();
                var reason = await current.Connection.ServeAsync(ending.Token);
                live = null;
                if (!ending.IsCancellationRequested)
                {
                    reader.OnDisconnected();
                    log($"Lost the broker at {settings.Address.Endpoint} ({reason}); connecting again.");
                }

                await current.Connection.DisposeAsync();
                ending.Token.ThrowIfCancellationRequested();
            }
        }
        catch (BrokerException exception)
        {
            reader.OnGivenUp(exception);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The owner is done with it.
            live = null;
        }
    }

    private async Task<Live> ReconnectAsync()
    {
        var start = clock.GetTimestamp();
        var attempts = 0;
        var connected = await ConnectAsync(
            (attempt, _) =>
            {
                attempts = attempt;
                return clock.GetElapsedTime(start) < settings.Patience;
            },
            ending.Token);
        log(string.Create(
            CultureInfo.InvariantCulture,
            $"Connected to the broker at {settings.Address.Endpoint} again, after {clock.GetElapsedTime(start).TotalSeconds:F1} s and {attempts + 1} attempts."));
        return connected;
    }

    private async Task<Live> ConnectAsync(Func<int, Exception, bool> goOn, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        List<string> reasons = [];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var deliveries = new Deliveries(++generation, reader);
                return new Live(await BrokerConnection.OpenAsync(factory, plan, deliveries, log, cancellationToken), deliveries);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
            {
                // Whether a refusal is final is known at the start only: a broker that restarts may refuse for a while what it will allow again.
                if (live is null && serving.IsCompletedSuccessfully && BrokerFailures.FinalOf(exception, settings.Address) is { } final)
                {
                    throw final;
                }

                reasons.Add(BrokerFailures.Brief(exception));
                if (!goOn(attempt, exception))
                {
                    throw BrokerFailures.Unreachable(settings.Address, reasons, clock.GetElapsedTime(start), exception);
                }
            }

            await Task.Delay(settings.Backoff.After(attempt, RandomNumberGenerator.GetInt32(1 << 24) / (double)(1 << 24)), clock, cancellationToken);
        }
    }

    private sealed record Live(BrokerConnection Connection, Deliveries Deliveries);
}
