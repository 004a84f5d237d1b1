using System.Globalization;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Journals;

namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>
/// Every name and argument that the cluster uses on a broker; nothing else in this project spells one out. Messages are transient: the journal is the
/// truth, and whatever a broker loses is handed out again.
/// </summary>
/// <remarks>
/// <para>
/// <c>calibrate.work.FINGERPRINT</c>, queue: work that any admitted worker may take; one per model. Durable, because RabbitMQ 4 knows no other
/// shared queues; its messages are transient all the same and vanish when the broker restarts.
/// </para>
/// <para><c>calibrate.control</c>, fanout: to all workers. <c>calibrate.workers</c>, direct, key = worker: to one.</para>
/// <para><c>calibrate.coordinators</c>, direct, key = run: to whoever coordinates a run. <c>calibrate.watchers</c>, fanout: to everybody who watches.</para>
/// <para><c>calibrate.requests</c>, direct, key = run: users' requests to whoever leads a run; answers go back by RabbitMQ's direct reply-to.</para>
/// <para>
/// Every process has one exclusive queue of its own, named by the broker for each connection: a connection that the broker has not yet noticed to be
/// dead can then never stand in the way of the next.
/// </para>
/// <para>
/// RabbitMQ closes a channel that leaves a delivery unacknowledged for <c>consumer_timeout</c> (30 minutes unless set). Work is acknowledged only
/// after it was evaluated, so that setting must exceed twice the longest evaluation: a delivery may wait for the one before it. From RabbitMQ 3.12
/// the queue's own argument says so; before, <c>cluster-config/</c> does.
/// </para>
/// </remarks>
internal static class BrokerTopology
{
    public const string Control = "calibrate.control";
    public const string Workers = "calibrate.workers";
    public const string Coordinators = "calibrate.coordinators";
    public const string Watchers = "calibrate.watchers";
    public const string Requests = "calibrate.requests";

    /// <summary>The longest evaluation that the work queue's own time limit leaves room for.</summary>
    public static readonly TimeSpan LongestEvaluation = TimeSpan.FromHours(24);

    // Work waits at most two deep per slot, so this is room for tens of thousands of slots; beyond, publishing is refused and tried again.
    private const int MostWork = 100_000;
    private const int MostWorkBytes = 256 << 20;

    // Whoever does not read its own queue is dead or stuck; the oldest news is what it can do without.
    private const int MostNews = 100_000;
    private const int MostNewsBytes = 512 << 20;

    private const int MostRequests = 256;

    private static readonly TimeSpan RequestsKept = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromMinutes(10);

    public static string WorkQueue(ModelFingerprint model) => $"calibrate.work.{model.Value.Hex}";

    /// <summary>Exchanges with their types; all durable, so that they outlive the broker's restarts.</summary>
    public static IReadOnlyList<(string Name, string Type)> Exchanges { get; } =
        [(Control, "fanout"), (Workers, "direct"), (Coordinators, "direct"), (Watchers, "fanout"), (Requests, "direct")];

    /// <summary>
    /// Arguments of a work queue: bounded, refusing what is too much instead of dropping what was there; gone ten minutes after the last use.
    /// </summary>
    public static IDictionary<string, object?> WorkQueueArguments() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["x-max-length"] = MostWork,
        ["x-max-length-bytes"] = MostWorkBytes,
        ["x-overflow"] = "reject-publish",
        ["x-expires"] = (int)AbandonedAfter.TotalMilliseconds,
        ["x-consumer-timeout"] = (long)(2 * LongestEvaluation).TotalMilliseconds,
    };

    /// <summary>Arguments of a process's own queue: bounded, the oldest message gives way.</summary>
    public static IDictionary<string, object?> OwnQueueArguments() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["x-max-length"] = MostNews,
        ["x-max-length-bytes"] = MostNewsBytes,
    };

    /// <summary>Arguments of the queue of requests to a run: what nobody took in time is not wanted any more.</summary>
    public static IDictionary<string, object?> RequestQueueArguments() => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["x-max-length"] = MostRequests,
        ["x-message-ttl"] = (int)RequestsKept.TotalMilliseconds,
    };

    /// <summary>What a worker's own queue is bound to.</summary>
    public static IReadOnlyList<(string Exchange, string Key)> BindingsOf(WorkerId worker) => [(Control, ""), (Workers, worker.Name)];

    /// <summary>What a coordinator's own queue is bound to.</summary>
    public static IReadOnlyList<(string Exchange, string Key)> BindingsOf(RunId run) => [(Coordinators, run.Name), (Watchers, "")];

    /// <summary>What the queue of somebody who only watches is bound to.</summary>
    public static IReadOnlyList<(string Exchange, string Key)> BindingsOfWatchers { get; } = [(Watchers, "")];

    /// <summary>Where a message is published; a destination that must have a reader is mandatory, so that the publisher learns when there is none.</summary>
    public static (string Exchange, string Key, bool Mandatory) RouteTo(Destination destination) => destination switch
    {
        Destination.WorkQueue queue => ("", WorkQueue(queue.Model), true),
        Destination.OneWorker one => (Workers, one.Worker.Name, true),
        Destination.Coordinator coordinator => (Coordinators, coordinator.Run.Name, true),
        Destination.AllWorkers => (Control, "", false),
        Destination.Watchers => (Watchers, "", false),
        _ => throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"No route to {destination}."), nameof(destination)),
    };
}
