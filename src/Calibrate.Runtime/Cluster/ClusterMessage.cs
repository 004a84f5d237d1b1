using Calibrate.Inference;
using Calibrate.Problems.Files;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Cluster;

/// <summary>What coordinators and workers tell each other, whatever carries it. Any message may be lost, late, doubled or out of order.</summary>
public abstract record ClusterMessage;

/// <summary>A worker is here: sent at its start, after every reconnection, and as its heartbeat. Goes to everybody who watches.</summary>
/// <param name="Worker">Who.</param>
/// <param name="Host">Name of the machine.</param>
/// <param name="Process">Its process id.</param>
/// <param name="Slots">Evaluations it makes at the same time.</param>
/// <param name="Isolation"><c>thread</c> or <c>process</c>.</param>
/// <param name="Platform">What decides its floating-point results.</param>
/// <param name="Build">Identity of the code that evaluates.</param>
/// <param name="Load">What it is doing.</param>
/// <param name="Sessions">The sessions whose offers it has, whatever became of them: no other session need wait for its proof.</param>
public sealed record WorkerHere(
    WorkerId Worker,
    string Host,
    int Process,
    int Slots,
    string Isolation,
    HostPlatform Platform,
    string Build,
    WorkerLoad Load,
    IReadOnlyList<SessionId> Sessions) : ClusterMessage;

/// <summary>What a worker is doing.</summary>
/// <param name="Busy">Slots that are evaluating.</param>
/// <param name="Evaluations">Evaluations since its start.</param>
/// <param name="BusySeconds">Seconds its slots were evaluating since its start, summed over slots.</param>
/// <param name="Children">Child processes that died or were killed since its start.</param>
public sealed record WorkerLoad(int Busy, long Evaluations, double BusySeconds, long Children);

/// <summary>A worker ends on purpose; it holds no work any more.</summary>
/// <param name="Worker">Who.</param>
public sealed record WorkerGone(WorkerId Worker) : ClusterMessage;

/// <summary>A run asks for workers: to one worker that showed up, or to all when a session begins.</summary>
/// <param name="Session">The session.</param>
/// <param name="Model">What is to be evaluated: the fingerprint on the coordinator's side.</param>
/// <param name="Problem">Everything a worker needs to build the problem.</param>
/// <param name="Platform">The platform of the run.</param>
/// <param name="Build">Identity of the coordinator's code.</param>
/// <param name="Canaries">Natural-space vectors to prove the model on.</param>
/// <param name="Limits">Limits of one evaluation.</param>
public sealed record Offer(
    SessionId Session,
    ModelFingerprint Model,
    ProblemBundle Problem,
    HostPlatform Platform,
    string Build,
    IReadOnlyList<double[]> Canaries,
    SlotLimits Limits) : ClusterMessage;

/// <summary>Limits of one evaluation; null for none.</summary>
/// <param name="Timeout">Wall time.</param>
/// <param name="Memory">Bytes of the slot's process.</param>
public sealed record SlotLimits(TimeSpan? Timeout, long? Memory);

/// <summary>A worker's proof: what it computed on the canaries, or why it cannot.</summary>
/// <param name="Session">The session whose offer it answers.</param>
/// <param name="Worker">Who.</param>
/// <param name="Model">The fingerprint on the worker's side; null when it could not build the problem.</param>
/// <param name="Platform">Its platform.</param>
/// <param name="Build">Its code.</param>
/// <param name="Slots">Slots it would give.</param>
/// <param name="Canaries">Outcomes of the first canaries: all of them, or as many as a slow model allowed, at least one.</param>
/// <param name="SecondsPerEvaluation">What one evaluation took.</param>
/// <param name="Refusal">Why the worker cannot evaluate this, for the operator; empty when it can.</param>
public sealed record Proof(
    SessionId Session,
    WorkerId Worker,
    ModelFingerprint? Model,
    HostPlatform Platform,
    string Build,
    int Slots,
    IReadOnlyList<Problems.Likelihoods.EvaluationOutcome> Canaries,
    double SecondsPerEvaluation,
    string Refusal) : ClusterMessage;

/// <summary>The worker may take work of this session's model.</summary>
/// <param name="Session">The session.</param>
/// <param name="Worker">The worker.</param>
/// <param name="Model">The model.</param>
public sealed record Admitted(SessionId Session, WorkerId Worker, ModelFingerprint Model) : ClusterMessage;

/// <summary>The worker may not; it stays for other runs.</summary>
/// <param name="Session">The session.</param>
/// <param name="Worker">The worker.</param>
/// <param name="Reason">Why, for the operator.</param>
public sealed record Refused(SessionId Session, WorkerId Worker, string Reason) : ClusterMessage;

/// <summary>Work: on the model's queue for any admitted worker, or sent to one worker.</summary>
/// <param name="Session">The session that wants it.</param>
/// <param name="Model">The model.</param>
/// <param name="Batch">Number of the batch within the session; negative for what the fleet itself asks for, as repeats.</param>
/// <param name="Requests">The evaluations.</param>
/// <param name="Suspect">Whether a worker died with it before: its beginning is reported (<see cref="WorkBegun"/>).</param>
/// <param name="Repeat">Whether it repeats an evaluation that another worker made, to compare.</param>
public sealed record Work(
    SessionId Session, ModelFingerprint Model, long Batch, IReadOnlyList<EvaluationRequest> Requests, bool Suspect, bool Repeat) : ClusterMessage;

/// <summary>A slot is about to begin a suspect batch: it begins once the transport has confirmed this message, so that no death goes unannounced.</summary>
/// <param name="Session">The session.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Worker">Who begins it.</param>
public sealed record WorkBegun(SessionId Session, long Batch, WorkerId Worker) : ClusterMessage;

/// <summary>What became of a batch, or of the part of it that a slot reached.</summary>
/// <param name="Session">The session that wanted it.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Worker">Who evaluated.</param>
/// <param name="Outcomes">Outcomes; those of a batch that came back unevaluated are all lost.</param>
/// <param name="ParameterHashes">Hash of each outcome's parameters (<see cref="ParameterHash"/>), so that a task is told by what was evaluated.</param>
/// <param name="Elapsed">Seconds the slot spent on it.</param>
/// <param name="Return">Why the batch comes back unevaluated, if it does.</param>
/// <param name="Repeat">Whether it repeats an evaluation that another worker made.</param>
public sealed record WorkDone(
    SessionId Session,
    long Batch,
    WorkerId Worker,
    IReadOnlyList<SettledEvaluation> Outcomes,
    IReadOnlyList<ulong> ParameterHashes,
    double Elapsed,
    WorkReturn Return,
    bool Repeat) : ClusterMessage;

/// <summary>Why a batch comes back unevaluated. The numbers are on the wire: append only.</summary>
public enum WorkReturn
{
    /// <summary>It was evaluated.</summary>
    None = 0,

    /// <summary>The broker delivered it before to somebody who vanished: who evaluates it may vanish as well.</summary>
    Redelivered = 1,

    /// <summary>The worker stops and had not begun it.</summary>
    Stopping = 2,

    /// <summary>The worker was not admitted to the model, or its session is over.</summary>
    NotAdmitted = 3,

    /// <summary>The transport would not take it: nobody has had it. Said by the coordinator's own shell, never by a worker.</summary>
    Undelivered = 4,
}

/// <summary>The coordinator has these answers in its journal: a worker forgets them.</summary>
/// <param name="Session">The session that has them.</param>
/// <param name="Worker">Whose answers they were.</param>
/// <param name="Batches">Numbers of the batches with the session that had asked for them.</param>
public sealed record WorkReceived(SessionId Session, WorkerId Worker, IReadOnlyList<(SessionId Session, long Batch)> Batches) : ClusterMessage;

/// <summary>The session wants nothing any more: what was not begun is dropped, and the model may be forgotten.</summary>
/// <param name="Session">The session.</param>
public sealed record SessionOver(SessionId Session) : ClusterMessage;

/// <summary>Asks everybody to say at once what they say regularly.</summary>
public sealed record RollCall : ClusterMessage;

/// <summary>How a session fares: sent regularly, for whoever watches the cluster.</summary>
/// <param name="Session">The session.</param>
/// <param name="Report">How it fares.</param>
public sealed record SessionHere(SessionId Session, SessionReport Report) : ClusterMessage;

/// <summary>How a session fares.</summary>
/// <param name="Problem">Name of the problem.</param>
/// <param name="Model">What it evaluates.</param>
/// <param name="Status">In a word: <c>waiting for workers</c>, <c>running</c>, <c>paused</c>, <c>done</c>.</param>
/// <param name="Iteration">Last iteration that all ensembles share; -1 before.</param>
/// <param name="Iterations">Last iteration of the stop rule.</param>
/// <param name="Steps">Walker steps still to be evaluated up to there, at most.</param>
/// <param name="StepsPerSecond">Walker steps settled per second, recently.</param>
/// <param name="SecondsPerEvaluation">What one evaluation takes.</param>
/// <param name="Slots">Slots of the admitted workers.</param>
/// <param name="UsefulSlots">Most evaluations that were under way or ready at the same time: more slots than that would idle; 0 when that is not known.</param>
/// <param name="InFlight">Evaluations that are out.</param>
/// <param name="Waiting">Evaluations that are ready and wait for a slot.</param>
/// <param name="Redispatched">Evaluations handed out again after a loss.</param>
/// <param name="Hedged">Evaluations handed out a second time because the first took long.</param>
/// <param name="Compared">Evaluations that were computed twice and agreed.</param>
/// <param name="Refusals">The last refusals of workers, for the operator.</param>
/// <param name="Garbage">Messages that were thrown away because they made no sense.</param>
public sealed record SessionReport(
    string Problem,
    ModelFingerprint Model,
    string Status,
    int Iteration,
    int Iterations,
    long Steps,
    double StepsPerSecond,
    double SecondsPerEvaluation,
    int Slots,
    int UsefulSlots,
    int InFlight,
    int Waiting,
    long Redispatched,
    long Hedged,
    long Compared,
    IReadOnlyList<string> Refusals,
    long Garbage);
