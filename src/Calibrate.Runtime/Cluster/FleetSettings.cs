using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Cluster;

/// <summary>What a <c>Fleet</c> is for: one session of one run.</summary>
/// <param name="Offer">What workers are offered: the session, its model with everything needed to build it, and how to prove it.</param>
/// <param name="CanaryReference">Outcomes of the first canaries as journaled by an earlier session; empty when no worker was admitted yet.</param>
/// <param name="Problem">Name of the problem, for reports.</param>
/// <param name="Iterations">Last iteration of the stop rule, for reports until the first progress comes.</param>
/// <param name="RecordedCount">Model outputs recorded per evaluation: an answer with another number of them is refused.</param>
public sealed record FleetSettings(
    Offer Offer, IReadOnlyList<EvaluationOutcome> CanaryReference, string Problem, int Iterations, int RecordedCount);
