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

/// <summary>What keeps evaluations apart.</summary>
public enum IsolationKind
{
    /// <summary>Model instances in one process: fastest, for code that is trusted not to crash or hang.</summary>
    Thread,

    /// <summary>A process per slot: survives crashes and can be limited.</summary>
    Process,
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

    /// <summary>Evaluations after which a slot's process is replaced when nothing else is said: 100,000.</summary>
    public const int DefaultRecycle = 100_000;

    /// <summary>What keeps evaluations apart; null for the default of wherever they run, and for processes when there are limits.</summary>
    public IsolationKind? Isolation { get; init; }

    /// <summary>Evaluations after which a slot's process is replaced by a new one.</summary>
    public int Recycle { get; init; } = DefaultRecycle;

    /// <summary>Whether slots must be processes: asked for, or needed for a limit.</summary>
    public bool NeedsProcesses => Isolation == IsolationKind.Process || Timeout is not null || Memory is not null;

    /// <summary>Longest time one evaluation may take; slots are processes then.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Most memory the process of a slot may hold while it evaluates, in bytes; slots are processes then.</summary>
    public long? Memory { get; init; }

    /// <summary>
    /// Whether evaluations are looked up and kept in a cache that outlives the run. Worth it for models that take milliseconds and more; evaluations
    /// are then scheduled one by one, whatever the model's speed.
    /// </summary>
    public bool Cache { get; init; }

    /// <summary>What becomes of an evaluation that exceeded a limit or killed its process again and again.</summary>
    public VerdictPolicy Verdicts { get; init; } = VerdictPolicy.Pause;
}
