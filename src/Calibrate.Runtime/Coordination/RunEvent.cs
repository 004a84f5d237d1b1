using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Coordination;

/// <summary>
/// Something that happened to a run and that its journal keeps for ever. The state of a run is a fold over its events, so an event holds
/// everything that the fold needs, and decisions that depended on clocks or arrival order are events, never recomputed.
/// </summary>
/// <param name="Seconds">Active time of the run when it happened: the time some process drove it, over all its sessions.</param>
public abstract record RunEvent(double Seconds);

/// <summary>The run exists.</summary>
/// <param name="Identity">What the run is.</param>
/// <param name="StopRule">When it ends.</param>
/// <param name="Platform">Where it was started.</param>
/// <param name="Engine">Who evaluates, in words.</param>
public sealed record RunStarted(RunIdentity Identity, StopRule StopRule, HostPlatform Platform, string Engine) : RunEvent(0);

/// <summary>One ensemble completed iterations.</summary>
/// <param name="Block">Its draws, and the state to go on from.</param>
/// <param name="Seconds">Active time.</param>
public sealed record IterationsAdvanced(Block Block, double Seconds) : RunEvent(Seconds);

/// <summary>Outcomes that were drained from the engine together, to be settled in this order.</summary>
/// <param name="Outcomes">The evaluations and what became of them; each was awaited.</param>
/// <param name="Seconds">Active time.</param>
public sealed record WalkersAdvanced(IReadOnlyList<SettledEvaluation> Outcomes, double Seconds) : RunEvent(Seconds);

/// <summary>Convergence was judged over all ensembles' draws up to a checkpoint.</summary>
/// <param name="Iteration">The checkpoint.</param>
/// <param name="Rhat">Largest R-hat of any parameter; NaN when it is not known.</param>
/// <param name="Ess">Smallest bulk or tail effective sample size of any parameter; NaN when it is not known.</param>
/// <param name="Converged">Whether the stop rule was met.</param>
/// <param name="Seconds">Active time.</param>
public sealed record ConvergenceJudged(int Iteration, double Rhat, double Ess, bool Converged, double Seconds) : RunEvent(Seconds);

/// <summary>The run stopped before its end and can go on.</summary>
/// <param name="Reason">Why, for the user.</param>
/// <param name="Iteration">Last iteration that all ensembles share; -1 when there is none yet.</param>
/// <param name="Seconds">Active time.</param>
public sealed record RunPaused(string Reason, int Iteration, double Seconds) : RunEvent(Seconds);

/// <summary>A process took the run up again.</summary>
/// <param name="Platform">Where it goes on.</param>
/// <param name="PlatformAccepted">Whether the platform differs and the user accepted that.</param>
/// <param name="Engine">Who evaluates, in words.</param>
/// <param name="CalibrateVersion">Version of Calibrate that goes on.</param>
/// <param name="Seconds">Active time.</param>
public sealed record RunResumed(HostPlatform Platform, bool PlatformAccepted, string Engine, string CalibrateVersion, double Seconds)
    : RunEvent(Seconds);

/// <summary>The run has another stop rule from here on.</summary>
/// <param name="StopRule">The new rule.</param>
/// <param name="JudgedThrough">Checkpoints up to here are not judged any more.</param>
/// <param name="Seconds">Active time.</param>
public sealed record RunExtended(StopRule StopRule, int JudgedThrough, double Seconds) : RunEvent(Seconds);

/// <summary>The run ended by its stop rule. Work beyond <paramref name="Iteration"/> is not part of its result.</summary>
/// <param name="Reason">Which rule ended it.</param>
/// <param name="Iteration">Last iteration of the result, shared by all ensembles.</param>
/// <param name="Seconds">Active time.</param>
public sealed record RunCompleted(CompletionReason Reason, int Iteration, double Seconds) : RunEvent(Seconds);

/// <summary>The run cannot go on.</summary>
/// <param name="Reason">Why and what to do, for the user.</param>
/// <param name="Seconds">Active time.</param>
public sealed record RunFailed(string Reason, double Seconds) : RunEvent(Seconds);

/// <summary>One evaluation and what became of it.</summary>
/// <param name="Id">The evaluation.</param>
/// <param name="Outcome">Its outcome: a value or a failure of the model.</param>
public readonly record struct SettledEvaluation(EvaluationId Id, EvaluationOutcome Outcome);

/// <summary>The rule that ended a run. The names are journaled: append only.</summary>
public enum CompletionReason
{
    /// <summary>Every ensemble reached the last iteration.</summary>
    Iterations,

    /// <summary>Effective sample size and R-hat met the rule at a checkpoint.</summary>
    Converged,

    /// <summary>The wall time was used up.</summary>
    WallTime,
}
