using System.Security.Cryptography;
using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;
using RabbitMQ.Client;

namespace Calibrate.Cluster.RabbitMq.Control;

/// <summary>
/// Takes in the requests to one run, on a connection of its own: it outlives the run's engines, and no answer that is slow to be taken stands in the way of work.
/// </summary>
internal sealed class RequestReader : IAsyncDisposable
{
    private readonly RunId run;
    private readonly ConnectionFactory factory;
    private readonly BrokerSettings settings;
    private readonly ControlAnswer answer;
    private readonly TimeProvider clock;
    private readonly Action<string> log;
    private readonly CancellationTokenSource ending = new();
    private readonly Task serving;

    public RequestReader(RunId run, ConnectionFactory factory, BrokerSettings settings, ControlAnswer answer, TimeProvider clock, Action<string> log)
    {
        this.run = run;
        this.factory = factory;
        this.settings = settings;
        this.answer = answer;
        this.clock = clock;
        this.log = log;
        serving = Task.Run(ServeAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await serving;
        ending.Dispose();
    }

    // For as long as the run is driven: a run never depends on whether it can be asked.
    private async Task ServeAsync()
    {
        var attempt = 0;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await ServeConnectionAsync(() => attempt = 0);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                if (attempt == 0 && !ending.IsCancellationRequested)
                {
                    log($"Run '{run}' cannot be asked over the broker at {settings.Address.Endpoint} for now: {BrokerFailures.Brief(exception)}.");
                }
            }

            attempt++;
            var pause = settings.Backoff.After(attempt, RandomNumberGenerator.GetInt32(1 << 24) / (double)(1 << 24));
            await Task.Delay(pause, clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeConnectionAsync(Action connected)
    {
        var connection = await factory.CreateConnectionAsync(ending.Token);
        try
        {
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            connection.ConnectionShutdownAsync += (_, _) => Close();
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(false, false), ending.Token);
            channel.ChannelShutdownAsync += (_, _) => Close();
            await channel.ExchangeDeclareAsync(BrokerTopology.Requests, "direct", durable: true, autoDelete: false, cancellationToken: ending.Token);
            var queue = await channel.QueueDeclareAsync(
                "", durable: false, exclusive: true, autoDelete: true, BrokerTopology.RequestQueueArguments(), cancellationToken: ending.Token);
            await channel.QueueBindAsync(queue.QueueName, BrokerTopology.Requests, run.Name, cancellationToken: ending.Token);
            var desk = new AnsweringConsumer(channel, run, answer, Close);
            await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, desk, ending.Token);
            connected();
            await closed.Task.WaitAsync(ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await desk.FinishAsync(ConnectionEnd.Patience, clock);

            Task Close()
            {
                closed.TrySetResult();
                return Task.CompletedTask;
            }
        }
        finally
        {
            await connection.EndAsync();
        }
    }
}
