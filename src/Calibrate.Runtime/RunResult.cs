using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime;

/// <summary>How a session ended.</summary>
public enum RunOutcome
{
    /// <summary>The run ended by its stop rule in this session.</summary>
    Completed,

    /// <summary>The run had ended before; nothing was done.</summary>
    AlreadyCompleted,

    /// <summary>The run paused by itself or by a command, and can be resumed.</summary>
    Paused,

    /// <summary>The caller's cancellation stopped the run cleanly; it can be resumed.</summary>
    Interrupted,

    /// <summary>The run cannot go on.</summary>
    Failed,
}

/// <summary>The end of a session.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Iteration">Last iteration of the result; -1 when not even the initial ensembles are complete.</param>
/// <param name="Reason">For the user: why it paused or failed, and what to do; empty after a completed run.</param>
/// <param name="Completion">The rule that ended a completed run.</param>
public sealed record RunResult(RunOutcome Outcome, int Iteration, string Reason, CompletionReason? Completion);
