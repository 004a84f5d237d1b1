using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Coordination;

/// <summary>The engine has another number of slots: workers came or went. Zero means that nothing is dispatched until some come.</summary>
/// <param name="Slots">Slots that evaluate at the same time.</param>
/// <param name="SecondsPerEvaluation">What one evaluation takes, or 0 when it is not known yet.</param>
public sealed record SlotsChanged(int Slots, double SecondsPerEvaluation) : RunCommand;

/// <summary>Everything that was handed out may be lost: the transport broke down and is back. It is dispatched again; late answers are still welcome.</summary>
public sealed record WorkLost : RunCommand;

/// <summary>A worker was admitted.</summary>
/// <param name="Worker">Who, with host and process.</param>
/// <param name="Description">Host, process, slots: for the operator.</param>
/// <param name="Slots">Its slots.</param>
public sealed record WorkerAdmitted(WorkerId Worker, string Description, int Slots) : RunCommand;

/// <summary>An admitted worker left, or fell silent.</summary>
/// <param name="Worker">Who.</param>
/// <param name="Reason">How, for the operator.</param>
public sealed record WorkerLost(WorkerId Worker, string Reason) : RunCommand;

/// <summary>A worker was refused.</summary>
/// <param name="Worker">Who.</param>
/// <param name="Reason">Why, for the operator.</param>
public sealed record WorkerTurnedAway(WorkerId Worker, string Reason) : RunCommand;

/// <summary>The first admitted worker's canaries: the reference for all others of this run.</summary>
/// <param name="Outcomes">Outcomes of the first canaries.</param>
public sealed record CanariesComputed(IReadOnlyList<EvaluationOutcome> Outcomes) : RunCommand;

/// <summary>One evaluation was computed twice with different results. The run pauses: one of the two workers is wrong.</summary>
/// <param name="Request">What was evaluated.</param>
/// <param name="First">One result and who had it.</param>
/// <param name="Second">The other result and who had it.</param>
public sealed record ResultsDisagreed(EvaluationRequest Request, (string Worker, EvaluationOutcome Outcome) First, (string Worker, EvaluationOutcome Outcome) Second)
    : RunCommand;
