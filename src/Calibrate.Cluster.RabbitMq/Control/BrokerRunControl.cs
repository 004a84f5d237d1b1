using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cluster.RabbitMq.Control;

/// <summary>Reaches runs over a broker, wherever they are driven. The connection is made with the first request and kept for the next ones.</summary>
/// <param name="broker">The broker.</param>
/// <param name="clock">Bounds the waiting.</param>
public sealed class BrokerRunControl(BrokerSettings broker, TimeProvider clock) : IRunControl, IAsyncDisposable
{
    // Longer than the coordinator takes to say that it cannot.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim connecting = new(1);
    private RequestLine? line;

    /// <inheritdoc/>
    public async Task<ControlReply> SendAsync(RunId run, ControlRequest request, CancellationToken cancellationToken = default)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            var body = await (await LineAsync(either.Token)).AskAsync(run, request, either.Token);
            return body is null ? new ControlReply(ControlResult.NotRunning, $"No coordinator behind the broker at {broker.Address.Endpoint} drives run '{run}'.")
                : ControlProtocol.TryReadReply(body, out var reply, out var problem) ? reply
                : new ControlReply(ControlResult.Unreachable, problem);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ControlReply(ControlResult.Unreachable, FormattableString.Invariant(
                $"The coordinator of run '{run}' did not answer over the broker at {broker.Address.Endpoint} within {Patience.TotalSeconds} s."));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not OperationCanceledException)
        {
            return BrokerFailures.FinalOf(exception, broker.Address) is { } final
                ? new ControlReply(ControlResult.Forbidden, final.Message)
                : new ControlReply(ControlResult.Unreachable, $"The broker at {broker.Address.Endpoint} cannot be asked for run '{run}': {BrokerFailures.Brief(exception)}.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (line is not null)
        {
            await line.DisposeAsync();
        }

        connecting.Dispose();
    }

    private async Task<RequestLine> LineAsync(CancellationToken cancellationToken)
    {
        await connecting.WaitAsync(cancellationToken);
        try
        {
            if (line is { IsOpen: false })
            {
                await line.DisposeAsync();
                line = null;
            }

            return line ??= await RequestLine.OpenAsync(ConnectionRecipe.Make(broker, "calibrate requests"), cancellationToken);
        }
        finally
        {
            connecting.Release();
        }
    }
}
