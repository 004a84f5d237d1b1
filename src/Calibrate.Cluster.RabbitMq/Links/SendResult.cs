namespace Calibrate.Cluster.RabbitMq.Links;

/// <summary>What became of a message that was handed to the broker.</summary>
internal enum SendResult
{
    /// <summary>The broker has it, in a queue if its route demands one.</summary>
    Taken,

    /// <summary>The broker refused it: the queue is full.</summary>
    Refused,

    /// <summary>Nobody has a queue for it.</summary>
    Unroutable,

    /// <summary>The connection broke before the broker said anything: it may have it or not.</summary>
    Unknown,
}
