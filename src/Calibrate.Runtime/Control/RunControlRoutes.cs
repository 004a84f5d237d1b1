using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Control;

/// <summary>Several ways to a run, tried one after the other until somebody drives the run there.</summary>
/// <param name="routes">The ways, the nearest first; at least one.</param>
public sealed class RunControlRoutes(IReadOnlyList<IRunControl> routes) : IRunControl
{
    /// <inheritdoc/>
    public async Task<ControlReply> SendAsync(RunId run, ControlRequest request, CancellationToken cancellationToken = default)
    {
        ControlReply? first = null;
        foreach (var route in routes)
        {
            var reply = await route.SendAsync(run, request, cancellationToken);
            if (reply.Result != ControlResult.NotRunning)
            {
                return reply;
            }

            first ??= reply;
        }

        return first ?? new ControlReply(ControlResult.NotRunning, $"There is no way to ask who drives run '{run}'.");
    }
}
