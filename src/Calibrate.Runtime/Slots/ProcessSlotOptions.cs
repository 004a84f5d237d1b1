using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Slots;

/// <summary>How process slots treat their children.</summary>
public sealed record ProcessSlotOptions
{
    /// <summary>Limits of one evaluation.</summary>
    public SlotLimits Limits { get; init; } = new(null, null);

    /// <summary>Evaluations after which a child is replaced by a new one, so that what a model leaks does not pile up; at least 1.</summary>
    public int Recycle { get; init; } = Problems.Methods.ExecutionSpecification.DefaultRecycle;

    /// <summary>How long a child may take to start and to build the problem.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The program to start; null for this process's own.</summary>
    public SlotProgram? Program { get; init; }

    /// <summary>Time for limits and pauses between starts.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
