namespace Calibrate.Runtime;

/// <summary>How far a run is, for display: nothing in it decides anything.</summary>
public sealed record RunProgress
{
    /// <summary>Where the run stands.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Last iteration whose draws are journaled for every ensemble; -1 when there is none yet.</summary>
    public required int Iteration { get; init; }

    /// <summary>Iterations at which the run ends at the latest.</summary>
    public required int Iterations { get; init; }

    /// <summary>Journaled walker steps of all ensembles.</summary>
    public required long WalkerSteps { get; init; }

    /// <summary>Walker steps per second in this session; 0 before the first block.</summary>
    public required double StepsPerSecond { get; init; }

    /// <summary>Evaluations in journaled blocks.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Accepted share of the walker steps; NaN before the first.</summary>
    public required double Acceptance { get; init; }

    /// <summary>Failed evaluations so far.</summary>
    public required long Failures { get; init; }

    /// <summary>Evaluations that are made at the same time; 0 until the engine is ready, and while there is nobody to evaluate.</summary>
    public int Slots { get; init; }

    /// <summary>Workers admitted to the run; 0 for an engine without workers.</summary>
    public int Workers { get; init; }

    /// <summary>Whether the run can do nothing until a worker comes.</summary>
    public bool WaitsForWorkers { get; init; }

    /// <summary>Largest R-hat of any parameter as last estimated; NaN when it is not known. An estimate for display only.</summary>
    public double Rhat { get; init; } = double.NaN;

    /// <summary>Smallest effective sample size of any parameter as last estimated; NaN when it is not known.</summary>
    public double Ess { get; init; } = double.NaN;

    /// <summary>Active time of the run, over all its sessions.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Estimated time to the end, by iterations or by the target effective sample size; null when it cannot be told yet.</summary>
    public TimeSpan? Remaining { get; init; }
}
