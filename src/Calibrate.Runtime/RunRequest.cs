using Calibrate.Problems;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime;

/// <summary>What is to be run, and what may differ from the problem's own settings without changing the chain.</summary>
/// <param name="Run">Name of the run.</param>
/// <param name="Problem">The problem. For a resumed run it must be the one the run was started with.</param>
public sealed record RunRequest(RunId Run, Problem Problem)
{
    /// <summary>Whether the run may, or must, exist already.</summary>
    public RunOpening Opening { get; init; } = RunOpening.StartOrResume;

    /// <summary>Total iterations per ensemble, warm-up included; null for the problem's own (a new run) or the run's own (a resumed one).</summary>
    public int? Iterations { get; init; }

    /// <summary>Seed of a new run; null for the problem's own, or else one from the host's entropy.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Evaluations at the same time; null for the problem's own, or else one per processor.</summary>
    public int? Slots { get; init; }

    /// <summary>Go on although the run was started on a platform with other floating-point results; journaled.</summary>
    public bool AcceptPlatform { get; init; }

    /// <summary>Take the run from a coordinator that still lives.</summary>
    public bool Takeover { get; init; }

    /// <summary>The program of slots that are child processes; null for this process's own, which must know the <c>slot</c> command.</summary>
    public Slots.SlotProgram? SlotProgram { get; init; }

    /// <summary>Where evaluations are kept if the problem asks for it (<c>execution.cache</c>); null for nowhere. Closed by whoever opened it.</summary>
    public Caching.IEvaluationCache? Cache { get; init; }

    /// <summary>
    /// Whether this process stood by for another one that drove the run. It takes over what that one left undone, but no decision of the run's user: a run
    /// that was paused on request stays so, and one that paused for a decision ends the session.
    /// </summary>
    public bool StoodBy { get; init; }

    /// <summary>Where the run can be reached while it is driven; empty for nowhere.</summary>
    public IReadOnlyList<Control.IControlEndpoint> Control { get; init; } = [];

    /// <summary>Is told how the run goes on; called by one thread at a time.</summary>
    public IRunObserver? Observer { get; init; }
}

/// <summary>What a request expects of the journal.</summary>
public enum RunOpening
{
    /// <summary>Start the run, or go on with it if it exists and is unfinished. The problem's stop rule is the run's from here on.</summary>
    StartOrResume,

    /// <summary>
    /// Go on with an existing run under its own stop rule, except for what the request says. A run that its wall time ended gets as much
    /// time again.
    /// </summary>
    Resume,
}

/// <summary>Watches a run.</summary>
public interface IRunObserver
{
    /// <summary>Called once before the first evaluation, when the run was started or taken up.</summary>
    /// <param name="beginning">What was found and what will be done.</param>
    void OnBegin(RunBeginning beginning);

    /// <summary>Called a few times per second, and once at the end of the session.</summary>
    /// <param name="progress">How far the run is.</param>
    void OnProgress(RunProgress progress);
}

/// <summary>How a session begins.</summary>
/// <param name="Identity">What the run is.</param>
/// <param name="Resumed">Whether the run existed before.</param>
/// <param name="Iteration">Last iteration that all ensembles share; -1 for a new run.</param>
/// <param name="StopRule">When the run ends.</param>
/// <param name="Slots">Evaluations at the same time.</param>
/// <param name="Scheduling">How work is handed out, in a word: <c>kernel</c>, <c>dataflow</c>, <c>barrier</c>.</param>
/// <param name="SecondsPerEvaluation">What an evaluation took when it was measured; 0 when it was not.</param>
public sealed record RunBeginning(
    RunIdentity Identity,
    bool Resumed,
    int Iteration,
    StopRule StopRule,
    int Slots,
    string Scheduling,
    double SecondsPerEvaluation);
