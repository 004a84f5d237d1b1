using Calibrate.Runtime.Cluster;

namespace Calibrate.Cluster.RabbitMq.Observing;

/// <summary>What was seen of a cluster.</summary>
/// <param name="Broker">The broker.</param>
/// <param name="Workers">The workers, by name.</param>
/// <param name="Sessions">The runs, by name.</param>
/// <param name="Queues">The work queues of those runs' models.</param>
public sealed record ClusterView(BrokerAddress Broker, IReadOnlyList<SeenWorker> Workers, IReadOnlyList<SeenSession> Sessions, IReadOnlyList<SeenQueue> Queues);

/// <summary>A worker.</summary>
/// <param name="Here">What it said last.</param>
/// <param name="EvaluationsPerSecond">Its rate between the first and the last time that it said something; null when it spoke only once.</param>
/// <param name="BusyShare">Share of that time that its slots were evaluating, from 0 to 1; null when it spoke only once.</param>
public sealed record SeenWorker(WorkerHere Here, double? EvaluationsPerSecond, double? BusyShare);

/// <summary>A run that is being worked on.</summary>
/// <param name="Session">Run and epoch.</param>
/// <param name="Report">How it fares.</param>
/// <param name="Advice">How long it still takes, and what more slots would change.</param>
public sealed record SeenSession(SessionId Session, SessionReport Report, ScalingAdvice Advice);

/// <summary>A work queue.</summary>
/// <param name="Model">The model.</param>
/// <param name="Batches">Batches that wait for a worker.</param>
/// <param name="Consumers">Workers that take from it.</param>
public sealed record SeenQueue(ModelFingerprint Model, long Batches, long Consumers);
