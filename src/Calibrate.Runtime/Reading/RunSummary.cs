using Calibrate.Numerics.Diagnostics;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Reading;

/// <summary>What a run found and how far it can be trusted: the table that ends a run, and the object that <c>--json</c> prints.</summary>
public sealed record RunSummary
{
    /// <summary>Name of the run.</summary>
    public required string Run { get; init; }

    /// <summary>Name of the problem.</summary>
    public required string Problem { get; init; }

    /// <summary>Who evaluated.</summary>
    public required string Engine { get; init; }

    /// <summary>Where the run stands; not part of the JSON.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Seed of the chain.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Independent ensembles.</summary>
    public required int Ensembles { get; init; }

    /// <summary>Walkers per ensemble.</summary>
    public required int Walkers { get; init; }

    /// <summary>Sampled parameters.</summary>
    public required int Dimension { get; init; }

    /// <summary>Iterations per ensemble, warm-up included.</summary>
    public required int Iterations { get; init; }

    /// <summary>Iterations left out at the beginning; not part of the JSON.</summary>
    public required int WarmUp { get; init; }

    /// <summary>Walker steps of all ensembles up to <see cref="Iterations"/>.</summary>
    public required long WalkerSteps { get; init; }

    /// <summary>Evaluations of the model that were journaled.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Failed evaluations by kind.</summary>
    public required IReadOnlyDictionary<string, long> Failures { get; init; }

    /// <summary>Why the run paused or failed; empty otherwise, and not part of the JSON.</summary>
    public required string Reason { get; init; }

    /// <summary>Evaluations that exceeded a limit: those that were rejected are among <see cref="Failures"/> as well.</summary>
    public required VerdictTally Verdicts { get; init; }

    /// <summary>Who evaluates now, and who was turned away.</summary>
    public required WorkerRoll Workers { get; init; }

    /// <summary>Evaluations that had different outcomes on two workers: the chain before them is in doubt.</summary>
    public required long Disagreements { get; init; }

    /// <summary>Active time over all sessions.</summary>
    public required double Seconds { get; init; }

    /// <summary>Accepted share of the journaled walker steps; NaN when there are none.</summary>
    public required double Acceptance { get; init; }

    /// <summary>The chain hash at <see cref="Iterations"/>.</summary>
    public required string ChainHash { get; init; }

    /// <summary>
    /// Whether every free parameter and derived quantity has R-hat below 1.01, bulk and tail effective sample sizes above 400, and more
    /// than 50 autocorrelation times of draws.
    /// </summary>
    public required bool Converged { get; init; }

    /// <summary>Diagnostics by name: free parameters, derived quantities, recorded outputs. Autocorrelation times are in iterations.</summary>
    public required IReadOnlyList<KeyValuePair<string, ParameterDiagnostics>> Parameters { get; init; }
}
