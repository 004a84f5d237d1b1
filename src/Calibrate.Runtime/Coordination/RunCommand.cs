using Calibrate.Inference;

namespace Calibrate.Runtime.Coordination;

/// <summary>Something that somebody wants of a run, or tells it: the coordinator decides what becomes of it.</summary>
public abstract record RunCommand;

/// <summary>Start the run.</summary>
/// <param name="Identity">What the run is.</param>
/// <param name="StopRule">When it ends.</param>
/// <param name="Platform">Where it is started.</param>
/// <param name="Engine">Who evaluates, in words.</param>
public sealed record StartRun(RunIdentity Identity, StopRule StopRule, HostPlatform Platform, string Engine) : RunCommand;

/// <summary>Take the run up again, in this process or after a pause.</summary>
/// <param name="Platform">Where it goes on.</param>
/// <param name="PlatformAccepted">Whether the platform differs and the user accepted that.</param>
/// <param name="Engine">Who evaluates, in words.</param>
/// <param name="CalibrateVersion">Version of Calibrate that goes on.</param>
public sealed record ResumeRun(HostPlatform Platform, bool PlatformAccepted, string Engine, string CalibrateVersion) : RunCommand;

/// <summary>Give the run another stop rule; a run that ended goes on if the rule leaves it anything to do.</summary>
/// <param name="StopRule">The new rule.</param>
public sealed record ExtendRun(StopRule StopRule) : RunCommand;

/// <summary>Stop at the last iteration that all ensembles share, to go on later.</summary>
/// <param name="Reason">Why, for the user and the journal.</param>
public sealed record PauseRun(string Reason) : RunCommand;

/// <summary>The run is paused already, and from here on for another reason: what was to wait for one thing now waits for another.</summary>
/// <param name="Reason">Why, for the user and the journal.</param>
public sealed record GiveOtherReason(string Reason) : RunCommand;

/// <summary>The engine is ready to work.</summary>
/// <param name="Mode">How work is handed to it.</param>
/// <param name="Slots">Slots that evaluate at the same time.</param>
/// <param name="SecondsPerEvaluation">A first measurement of one evaluation, or 0 when it is not known.</param>
public sealed record EngineReady(ExecutionMode Mode, int Slots, double SecondsPerEvaluation) : RunCommand;

/// <summary>Batches of evaluations came back, drained from the mailbox together: one event tells of all of them.</summary>
/// <param name="Answers">The answers, in the order in which they arrived.</param>
public sealed record EvaluationsReturned(IReadOnlyList<BatchAnswer> Answers) : RunCommand;

/// <summary>What became of one batch.</summary>
/// <param name="Batch">
/// The batch it answers. Answers to batches of another session of the run are welcome too, under numbers that this session never uses: negative ones.
/// </param>
/// <param name="Outcomes">Outcomes, in any order, possibly of only a part of the batch.</param>
/// <param name="Elapsed">Seconds the slot spent on it.</param>
public sealed record BatchAnswer(long Batch, IReadOnlyList<SettledEvaluation> Outcomes, double Elapsed);

/// <summary>An ensemble that the engine runs completed iterations.</summary>
/// <param name="Block">Draws and end state.</param>
public sealed record BlockReturned(Block Block) : RunCommand;

/// <summary>An ensemble that the engine runs refuses to go on.</summary>
/// <param name="Ensemble">Index of the ensemble.</param>
/// <param name="Reason">Its text for the user.</param>
public sealed record EnsembleRefused(int Ensemble, string Reason) : RunCommand;

/// <summary>After a cancellation: no block comes any more, at most outcomes of evaluations that were already being evaluated.</summary>
public sealed record EngineQuiet : RunCommand;

/// <summary>The diagnostics that were asked for.</summary>
/// <param name="Iteration">The checkpoint.</param>
/// <param name="Rhat">Largest R-hat of any parameter; NaN when it is not known.</param>
/// <param name="Ess">Smallest effective sample size of any parameter; NaN when it is not known.</param>
public sealed record ConvergenceReturned(int Iteration, double Rhat, double Ess) : RunCommand;

/// <summary>Time passed.</summary>
public sealed record Tick : RunCommand;

/// <summary>How an engine is given work. Not part of the chain: both give the same one.</summary>
public enum ExecutionMode
{
    /// <summary>The engine runs whole blocks of iterations of an ensemble on a thread.</summary>
    Blocks,

    /// <summary>The engine evaluates single walker steps as soon as the steps they read are settled.</summary>
    Dataflow,

    /// <summary>As dataflow, but every ensemble waits for all evaluations of one iteration: for comparison.</summary>
    Barrier,
}
