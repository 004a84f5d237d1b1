namespace Calibrate.Runtime;

/// <summary>Where a run stands, as its journal tells.</summary>
public enum RunStatus
{
    /// <summary>Started and not ended: some process drives it now, or drove it and was killed.</summary>
    Running,

    /// <summary>Stopped cleanly before its end, by its user or a signal; can be resumed.</summary>
    Paused,

    /// <summary>Ended by a stop rule: iterations, convergence or wall time.</summary>
    Completed,

    /// <summary>Cannot go on: a degenerate start, a model that returned +infinity.</summary>
    Failed,
}
