using System.Text.Json.Serialization;

namespace Calibrate.Runtime.Control;

/// <summary>
/// How a run fares, as its coordinator sees it at one moment. Its JSON form (<see cref="ControlJson"/>) is what endpoints and <c>calibrate runs status
/// --json</c> carry; docs/formats/control.md specifies it. What is not known, or not finite, is null.
/// </summary>
public sealed record RunStatusSnapshot
{
    /// <summary>Name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>Name of its problem.</summary>
    public required string Problem { get; init; }

    /// <summary>Where the run stands.</summary>
    public required LiveStatus Status { get; init; }

    /// <summary>Why it paused or failed, for the user; else empty.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who drives it since when.</summary>
    public required SessionSnapshot Session { get; init; }

    /// <summary>Last iteration whose draws are journaled for every ensemble; -1 when there is none yet.</summary>
    public required int Iteration { get; init; }

    /// <summary>Iterations at which the run ends at the latest, warm-up included.</summary>
    public required int Iterations { get; init; }

    /// <summary>Number of ensembles.</summary>
    public required int Ensembles { get; init; }

    /// <summary>Walkers per ensemble.</summary>
    public required int Walkers { get; init; }

    /// <summary>Journaled walker steps of all ensembles.</summary>
    public required long WalkerSteps { get; init; }

    /// <summary>Accepted share of the walker steps.</summary>
    public double? Acceptance { get; init; }

    /// <summary>Walker steps per second, recently; 0 while the run stands still.</summary>
    public required double StepsPerSecond { get; init; }

    /// <summary>Journaled evaluations of all sessions.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Seconds that one evaluation usually takes.</summary>
    public double? SecondsPerEvaluation { get; init; }

    /// <summary>Active time of the run in seconds, over all its sessions; paused time is not active.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// Estimated seconds to the end at the present speed: to the last iteration, or to the target effective sample size if that comes first; null while
    /// it cannot be told or the run stands still.
    /// </summary>
    public double? SecondsLeft { get; init; }

    /// <summary>What ends the run besides its iterations.</summary>
    public required StopRuleSnapshot StopRule { get; init; }

    /// <summary>The latest judgement of convergence; null when the run has no such rule, or no checkpoint was reached.</summary>
    public ConvergenceSnapshot? Convergence { get; init; }

    /// <summary>Failed evaluations by kind; they count as log likelihood -inf.</summary>
    public required IReadOnlyDictionary<string, long> Failures { get; init; }

    /// <summary>Evaluations that exceeded a limit, by kind and by what was done.</summary>
    public required IReadOnlyList<VerdictSnapshot> Verdicts { get; init; }

    /// <summary>What is handed out and what waits.</summary>
    public required WorkSnapshot Work { get; init; }

    /// <summary>Who evaluates, by name: this process for the local engine, the admitted workers of a cluster.</summary>
    public required IReadOnlyList<NodeSnapshot> Nodes { get; init; }

    /// <summary>Workers that were turned away so far.</summary>
    public required long RefusalCount { get; init; }

    /// <summary>The last of them, oldest first.</summary>
    public required IReadOnlyList<RefusalSnapshot> Refusals { get; init; }
}

/// <summary>Where a run that is being driven stands.</summary>
public enum LiveStatus
{
    /// <summary>The engine is getting ready: models are made and measured.</summary>
    [JsonStringEnumMemberName("preparing")]
    Preparing,

    /// <summary>It is being evaluated.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>There is nobody to evaluate: workers are to be started.</summary>
    [JsonStringEnumMemberName("waiting_for_workers")]
    WaitingForWorkers,

    /// <summary>It comes to a stop.</summary>
    [JsonStringEnumMemberName("stopping")]
    Stopping,

    /// <summary>It stands still; a coordinator that answers waits to be told to resume.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused,

    /// <summary>It ended by its stop rule.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>It cannot go on.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>One process's tenure of a run.</summary>
/// <param name="Epoch">The journal's epoch: the number of the session, from 1.</param>
/// <param name="Host">The coordinator's machine.</param>
/// <param name="Process">The coordinator's process id.</param>
/// <param name="Engine">Who evaluates: <c>local</c>, <c>rabbitmq</c>.</param>
/// <param name="Scheduling">How work is handed out, in a word: <c>kernel</c>, <c>dataflow</c>, <c>barrier</c>; empty while that is not known.</param>
/// <param name="StartedAt">When the session began.</param>
/// <param name="Version">The coordinator's version of Calibrate.</param>
public sealed record SessionSnapshot(long Epoch, string Host, int Process, string Engine, string Scheduling, DateTimeOffset StartedAt, string Version);

/// <summary>What ends a run besides its iterations; null for what is not asked for.</summary>
/// <param name="Ess">Effective sample size that every parameter must reach.</param>
/// <param name="Rhat">R-hat that no parameter may exceed.</param>
/// <param name="WallTimeSeconds">Active seconds of one session.</param>
public sealed record StopRuleSnapshot(double? Ess, double? Rhat, double? WallTimeSeconds);

/// <summary>A judgement of convergence.</summary>
/// <param name="Iteration">The checkpoint, over all draws up to there.</param>
/// <param name="Rhat">Largest R-hat.</param>
/// <param name="Ess">Smallest bulk or tail effective sample size.</param>
/// <param name="Converged">Whether the stop rule was met.</param>
/// <param name="Parameters">The figures of each parameter, in the problem's order; empty when an earlier session judged.</param>
public sealed record ConvergenceSnapshot(int Iteration, double? Rhat, double? Ess, bool Converged, IReadOnlyList<ParameterSnapshot> Parameters);

/// <summary>One parameter, or derived quantity, in a judgement.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rhat">R-hat.</param>
/// <param name="EssBulk">Bulk effective sample size.</param>
/// <param name="EssTail">Tail effective sample size.</param>
public sealed record ParameterSnapshot(string Name, double? Rhat, double? EssBulk, double? EssTail);

/// <summary>Evaluations that exceeded a limit.</summary>
/// <param name="Kind">Which limit: <c>time</c>, <c>memory</c>, <c>crash</c>.</param>
/// <param name="Rejected">Whether they count as log likelihood -inf; otherwise each paused the run.</param>
/// <param name="Count">How many.</param>
public sealed record VerdictSnapshot(string Kind, bool Rejected, long Count);

/// <summary>What is handed out and what waits. Of the kernel, which is handed whole ensembles, nothing is counted.</summary>
/// <param name="Slots">Evaluations that can be made at the same time.</param>
/// <param name="UsefulSlots">Slots beyond which more would idle for certain; 0 while nothing is known.</param>
/// <param name="InFlight">Evaluations that are handed out.</param>
/// <param name="BatchesInFlight">Batches that they are in.</param>
/// <param name="Waiting">Evaluations that are ready and wait for a slot.</param>
/// <param name="QueuedBatches">Batches that wait at the engine for a slot: the local queue's; null when the engine does not know.</param>
/// <param name="Redispatched">Evaluations handed out again after a loss, in this session.</param>
/// <param name="Hedged">Evaluations handed out a second time because the first took long, in this session.</param>
/// <param name="Compared">Evaluations that two workers made and that agreed, in this session.</param>
public sealed record WorkSnapshot(
    int Slots,
    int UsefulSlots,
    int InFlight,
    int BatchesInFlight,
    int Waiting,
    long? QueuedBatches,
    long Redispatched,
    long Hedged,
    long Compared);

/// <summary>A process that evaluates.</summary>
/// <param name="Name">The worker's name; <c>local</c> for the coordinator's own process.</param>
/// <param name="Host">Its machine.</param>
/// <param name="Process">Its process id.</param>
/// <param name="Isolation"><c>thread</c> or <c>process</c>; empty while that is not known.</param>
/// <param name="SlotCount">Its slots.</param>
/// <param name="BusySlots">Slots that are evaluating.</param>
/// <param name="Evaluations">Evaluations since it started, for other runs too if it serves several; walker steps for the kernel.</param>
/// <param name="EvaluationsPerSecond">The same per second, recently; null while that cannot be told.</param>
/// <param name="BusyShare">Share of the recent time that its slots were evaluating, from 0 to 1; null while that cannot be told.</param>
/// <param name="Slots">Its slots one by one, where the coordinator knows them (the local engine); else empty.</param>
public sealed record NodeSnapshot(
    string Name,
    string Host,
    int Process,
    string Isolation,
    int SlotCount,
    int BusySlots,
    long Evaluations,
    double? EvaluationsPerSecond,
    double? BusyShare,
    IReadOnlyList<SlotSnapshot> Slots);

/// <summary>A slot.</summary>
/// <param name="Index">Its number within the node, from 0.</param>
/// <param name="Busy">Whether it is evaluating.</param>
/// <param name="Evaluations">Evaluations in this session; walker steps for the kernel.</param>
/// <param name="EvaluationsPerSecond">The same per second, recently; null while that cannot be told.</param>
public sealed record SlotSnapshot(int Index, bool Busy, long Evaluations, double? EvaluationsPerSecond);

/// <summary>A worker that was turned away.</summary>
/// <param name="Worker">Its name.</param>
/// <param name="Reason">Why, for the operator.</param>
public sealed record RefusalSnapshot(string Worker, string Reason);
