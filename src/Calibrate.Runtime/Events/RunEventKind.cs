namespace Calibrate.Runtime.Events;

/// <summary>The kinds of events as numbered in journals. Append only: a number never changes its meaning.</summary>
public enum RunEventKind
{
    /// <summary>The run exists.</summary>
    RunStarted = 1,

    /// <summary>A block of one ensemble.</summary>
    IterationsAdvanced = 2,

    /// <summary>Outcomes of single evaluations.</summary>
    WalkersAdvanced = 3,

    /// <summary>A judgement at a checkpoint.</summary>
    ConvergenceJudged = 4,

    /// <summary>Stopped before the end.</summary>
    RunPaused = 5,

    /// <summary>Taken up again.</summary>
    RunResumed = 6,

    /// <summary>Another stop rule.</summary>
    RunExtended = 7,

    /// <summary>Ended by its stop rule.</summary>
    RunCompleted = 8,

    /// <summary>Cannot go on.</summary>
    RunFailed = 9,

    /// <summary>A worker was admitted.</summary>
    WorkerJoined = 10,

    /// <summary>An admitted worker is gone.</summary>
    WorkerLeft = 11,

    /// <summary>A worker was turned away.</summary>
    WorkerRefused = 12,

    /// <summary>The reference that workers are proved on.</summary>
    CanariesRecorded = 13,

    /// <summary>An evaluation exceeded a limit.</summary>
    VerdictReached = 14,

    /// <summary>Two workers had different results.</summary>
    DisagreementFound = 15,
}
