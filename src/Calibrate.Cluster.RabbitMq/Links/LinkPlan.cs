namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>What a process is on the broker.</summary>
/// <param name="Name">What the broker's own tools show it as.</param>
/// <param name="Bindings">What its own queue is bound to.</param>
internal sealed record LinkPlan(string Name, IReadOnlyList<(string Exchange, string Key)> Bindings);
