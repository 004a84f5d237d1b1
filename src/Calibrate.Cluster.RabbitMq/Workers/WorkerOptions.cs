using Calibrate.Runtime.Slots;

namespace Calibrate.Cluster.RabbitMq.Workers;

/// <summary>What a worker process gives.</summary>
/// <param name="Slots">Evaluations at the same time, at least 1.</param>
/// <param name="Isolation">How slots are kept apart.</param>
public sealed record WorkerOptions(int Slots, SlotIsolation Isolation)
{
    /// <summary>A folder of this machine to read data files from instead of those that come with a problem; null to use those that come.</summary>
    public string? Files { get; init; }

    /// <summary>Starts a child process of a slot; null for this program itself.</summary>
    public SlotProgram? Program { get; init; }
}

/// <summary>How slots are kept apart.</summary>
public enum SlotIsolation
{
    /// <summary>A child process per slot: limits are kept, and a model may crash.</summary>
    Process,

    /// <summary>Threads of the worker: for code that is trusted not to crash, hang or grow.</summary>
    Thread,
}
