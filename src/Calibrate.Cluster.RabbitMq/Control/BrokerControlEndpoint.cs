using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cluster.RabbitMq.Control;

/// <summary>Makes runs reachable by whoever has credentials for the broker, from any machine.</summary>
/// <param name="broker">The broker.</param>
/// <param name="clock">Measures pauses between attempts to connect.</param>
/// <param name="log">Takes a line when the broker cannot be reached.</param>
public sealed class BrokerControlEndpoint(BrokerSettings broker, TimeProvider clock, Action<string> log) : IControlEndpoint
{
    /// <inheritdoc/>
    /// <remarks>Returns at once: the connection is made, and made again whenever it breaks, beside the run.</remarks>
    /// <exception cref="BrokerException">A certificate cannot be read.</exception>
    public Task<IAsyncDisposable?> OpenAsync(RunId run, ControlAnswer answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Task.FromResult<IAsyncDisposable?>(new RequestReader(
            run, ConnectionRecipe.Make(broker, $"calibrate requests to {run}"), broker, answer, clock, log));
    }
}
