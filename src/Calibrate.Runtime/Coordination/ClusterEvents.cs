using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Coordination;

/// <summary>A worker was admitted to the run.</summary>
/// <param name="Worker">Who.</param>
/// <param name="Description">Host, process, slots: for the operator.</param>
/// <param name="Slots">Its slots.</param>
/// <param name="Seconds">Active time.</param>
public sealed record WorkerJoined(WorkerId Worker, string Description, int Slots, double Seconds) : RunEvent(Seconds);

/// <summary>An admitted worker left, or fell silent.</summary>
/// <param name="Worker">Who.</param>
/// <param name="Reason">How, for the operator.</param>
/// <param name="Seconds">Active time.</param>
public sealed record WorkerLeft(WorkerId Worker, string Reason, double Seconds) : RunEvent(Seconds);

/// <summary>A worker was turned away.</summary>
/// <param name="Worker">Who.</param>
/// <param name="Reason">Why, for the operator.</param>
/// <param name="Seconds">Active time.</param>
public sealed record WorkerRefused(WorkerId Worker, string Reason, double Seconds) : RunEvent(Seconds);

/// <summary>The first admitted worker's outcomes of the run's canaries: the reference for all others, for as long as the run lives.</summary>
/// <param name="Outcomes">Outcomes of the first canaries, at least one.</param>
/// <param name="Seconds">Active time.</param>
public sealed record CanariesRecorded(IReadOnlyList<EvaluationOutcome> Outcomes, double Seconds) : RunEvent(Seconds);

/// <summary>An evaluation exceeded a limit, or killed its process three times.</summary>
/// <param name="Id">The evaluation.</param>
/// <param name="Kind">Which limit.</param>
/// <param name="Message">What was observed, for the operator.</param>
/// <param name="Parameters">The model's parameters in natural space.</param>
/// <param name="Rejected">
/// Whether it counts as log likelihood -inf: the <see cref="WalkersAdvanced"/> that follows settles it. Otherwise the run pauses, and tries it
/// again when it is resumed.
/// </param>
/// <param name="Seconds">Active time.</param>
public sealed record VerdictReached(
    EvaluationId Id, ResourceKind Kind, string Message, double[] Parameters, bool Rejected, double Seconds) : RunEvent(Seconds);

/// <summary>One evaluation had different outcomes on two workers; the run pauses, because one of them is wrong.</summary>
/// <param name="Id">The evaluation.</param>
/// <param name="Parameters">The model's parameters in natural space.</param>
/// <param name="FirstWorker">Who had one outcome.</param>
/// <param name="First">That outcome.</param>
/// <param name="SecondWorker">Who had the other.</param>
/// <param name="Second">The other outcome.</param>
/// <param name="Seconds">Active time.</param>
public sealed record DisagreementFound(
    EvaluationId Id,
    double[] Parameters,
    string FirstWorker,
    EvaluationOutcome First,
    string SecondWorker,
    EvaluationOutcome Second,
    double Seconds) : RunEvent(Seconds);
