namespace Calibrate.Problems.Methods;

/// <summary>How evaluations are scheduled.</summary>
public enum SchedulingKind
{
    /// <summary>The runtime decides by the model's speed and the number of slots.</summary>
    Auto,

    /// <summary>The tight kernel, one thread per ensemble.</summary>
    Kernel,

    /// <summary>Single evaluations as soon as their parents are settled.</summary>
    Dataflow,

    /// <summary>Half-step by half-step.</summary>
    Barrier,
}

/// <summary>How the work is carried out. Nothing here can change the chain.</summary>
public sealed record ExecutionSpecification
{
    /// <summary>Everything left to the runtime.</summary>
    public static ExecutionSpecification Default { get; } = new();

    /// <summary>Number of slots; null for one per core.</summary>
    public int? Slots { get; init; }

    /// <summary>How evaluations are scheduled.</summary>
    public SchedulingKind Scheduling { get; init; } = SchedulingKind.Auto;

    /// <summary>Longest time one evaluation may take; needs slots that are processes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Most memory one evaluation may use, in bytes; needs slots that are processes.</summary>
    public long? Memory { get; init; }

    /// <summary>What becomes of an evaluation that exceeded a limit or killed its process again and again.</summary>
    public VerdictPolicy Verdicts { get; init; } = VerdictPolicy.Pause;
}
