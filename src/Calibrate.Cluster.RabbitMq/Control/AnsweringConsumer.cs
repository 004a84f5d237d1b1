using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;
using RabbitMQ.Client;

namespace Calibrate.Cluster.RabbitMq.Control;

/// <summary>Answers the requests that arrive on a channel, each where it wants its answer. What is no request, or wants no answer, is dropped.</summary>
internal sealed class AnsweringConsumer(IChannel channel, RunId run, ControlAnswer answer, Func<Task> close) : AsyncDefaultBasicConsumer(channel)
{
    /// <summary>Requests that are answered at the same time; more are dropped, and those who sent them ask again.</summary>
    public const int MostAtOnce = 64;

    private readonly SemaphoreSlim places = new(MostAtOnce);
    private readonly SemaphoreSlim publishing = new(1);

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
        if (properties.ReplyTo is { Length: > 0 } replyTo && places.Wait(0, CancellationToken.None))
        {
            // The memory is the library's, and only for now.
            var request = body.Length > ControlProtocol.MostRequestBytes ? new byte[ControlProtocol.MostRequestBytes + 1] : body.ToArray();
            _ = Task.Run(() => AnswerAsync(request, replyTo, properties.CorrelationId), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public override async Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        await close();
        await base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    /// <summary>Waits until what is being answered is answered.</summary>
    /// <param name="patience">For this long at most.</param>
    /// <param name="clock">Measures it.</param>
    public async Task FinishAsync(TimeSpan patience, TimeProvider clock)
    {
        using var enough = new CancellationTokenSource(patience, clock);
        try
        {
            for (var place = 0; place < MostAtOnce; place++)
            {
                await places.WaitAsync(enough.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // Who asked learns from the silence.
        }
    }

    private async Task AnswerAsync(byte[] body, string replyTo, string? correlation)
    {
        try
        {
            await PublishAsync(replyTo, correlation, ControlProtocol.WriteReply(await AnswerAsync(body)));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The connection is gone, and the asker's request with it.
            _ = exception;
        }
        finally
        {
            places.Release();
        }
    }

    private async Task<ControlReply> AnswerAsync(byte[] body) => !ControlProtocol.TryReadRequest(body, out var asked, out var request, out var problem)
        ? new ControlReply(ControlResult.Refused, problem)
        : asked == run
            ? await answer(request, CancellationToken.None)
            : new ControlReply(ControlResult.Refused, $"The request is for run '{asked}' and came to run '{run}'.");

    private async Task PublishAsync(string replyTo, string? correlation, byte[] body)
    {
        await publishing.WaitAsync();
        try
        {
            var properties = new BasicProperties { DeliveryMode = DeliveryModes.Transient, CorrelationId = correlation };
            await Channel.BasicPublishAsync("", replyTo, mandatory: false, properties, body);
        }
        finally
        {
            publishing.Release();
        }
    }
}
