using Calibrate.Runtime.Cluster;

namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>Something that a link is to do on its connection, in the order in which it was told.</summary>
internal abstract record LinkOrder
{
    private LinkOrder()
    {
    }

    public sealed record Publish(string Exchange, string Key, bool Mandatory, byte[] Body, Action<SendResult>? Settled) : LinkOrder;

    public sealed record DeclareWork(ModelFingerprint Model) : LinkOrder;

    public sealed record Consume(ModelFingerprint Model, int Prefetch) : LinkOrder;

    public sealed record Cease(ModelFingerprint Model) : LinkOrder;

    public sealed record Acknowledge(ulong Tag) : LinkOrder;

    public sealed record Discard(ulong Tag) : LinkOrder;

    public sealed record Measure(ModelFingerprint Model, TaskCompletionSource<QueueDepth?> Answer) : LinkOrder;

    public sealed record Flush(TaskCompletionSource Done) : LinkOrder;
}

/// <summary>How full a queue is.</summary>
/// <param name="Messages">Messages that wait.</param>
/// <param name="Consumers">Its consumers.</param>
internal readonly record struct QueueDepth(long Messages, long Consumers);
