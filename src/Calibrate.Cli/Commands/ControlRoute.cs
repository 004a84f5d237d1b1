using System.CommandLine;
using Calibrate.Cluster.RabbitMq;
using Calibrate.Cluster.RabbitMq.Control;
using Calibrate.Runtime;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Control.Sockets;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Cli.Commands;

/// <summary>The way to the process that drives a run: the socket in the run's folder, then the broker, if one is named.</summary>
internal sealed class ControlRoute
{
    public JournalLocation Location { get; } = new();

    public BrokerOptions Broker { get; } = new();

    /// <summary>Where the runs of this process can be reached: in their folders, and over the broker whose workers evaluate for them.</summary>
    /// <param name="folder">The folder of runs.</param>
    /// <param name="broker">The broker; null without one.</param>
    /// <param name="clock">Measures time.</param>
    /// <param name="log">Takes lines for the operator.</param>
    public static IReadOnlyList<IControlEndpoint> Endpoints(string folder, BrokerSettings? broker, TimeProvider clock, Action<string> log) => broker is null
        ? [new SocketControlEndpoint(folder, clock, log)]
        : [new SocketControlEndpoint(folder, clock, log), new BrokerControlEndpoint(broker, clock, log)];

    /// <summary>Sends a request.</summary>
    public async Task<ControlReply> AskAsync(ParseResult parsed, TimeProvider clock, RunId run, ControlRequest request, CancellationToken cancellation)
    {
        await using var broker = BrokerOf(parsed) is { } settings ? new BrokerRunControl(settings, clock) : null;
        var socket = new SocketRunControl(Location.Folder(parsed), clock);
        return await new RunControlRoutes(broker is null ? [socket] : [socket, broker]).SendAsync(run, request, cancellation);
    }

    /// <summary>Sends a request. A run that nobody drives is looked up in the journal, so that the message can say what to do.</summary>
    public async Task<ControlReply> SendAsync(ParseResult parsed, TimeProvider clock, RunId run, ControlRequest request, CancellationToken cancellation)
    {
        var reply = await AskAsync(parsed, clock, run, request, cancellation);
        return reply.Result == ControlResult.NotRunning
            ? reply with { Message = await ExplainAsync(parsed, run, cancellation) }
            : reply;
    }

    private BrokerSettings? BrokerOf(ParseResult parsed) =>
        parsed.GetValue(Broker.Url) is not null || Environment.GetEnvironmentVariable(BrokerCredentials.UrlVariable) is { Length: > 0 } ? Broker.Read(parsed) : null;

    private async Task<string> ExplainAsync(ParseResult parsed, RunId run, CancellationToken cancellation)
    {
        await using var journal = Location.Open(parsed);
        var listing = await RunListing.ReadAsync(journal, run, cancellation);
        var hint = Location.Hint(parsed);
        return listing.Status switch
        {
            RunStatus.Completed => $"Run '{run}' is not running: it was completed at iteration {listing.Iteration}. See: calibrate runs show {run}{hint}",
            RunStatus.Failed => $"Run '{run}' is not running: it failed. {listing.Reason}",
            RunStatus.Paused => $"Run '{run}' is not running: it paused after iteration {Math.Max(0, listing.Iteration)}. Go on with: calibrate resume {run}{hint}",
            RunStatus.Running => $"Run '{run}' is not running here: its process was killed, or is on another machine (--broker reaches it there). Go on with: calibrate resume {run}{hint}",
            _ => $"Run '{run}' is not running: it was created but never started.",
        };
    }
}
