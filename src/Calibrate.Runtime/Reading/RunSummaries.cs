using Calibrate.Numerics.Diagnostics;
using Calibrate.Problems;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Reading;

/// <summary>Makes the summary of a run from its journal, one quantity at a time so that memory stays flat.</summary>
public static class RunSummaries
{
    private const double ConvergedRhat = 1.01;
    private const double ConvergedEss = 400;
    private const double ConvergedTaus = 50;

    /// <summary>Summarises a run.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="run">The run.</param>
    /// <param name="problem">The problem the run was started with.</param>
    /// <param name="iteration">Up to this iteration; null for the run's result so far.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="RunException">The run has no complete iteration yet, or no such one.</exception>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static async Task<RunSummary> MakeAsync(
        IJournal journal, RunId run, Problem problem, int? iteration = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var reader = await RunReader.OpenAsync(journal, run, problem, iteration, cancellationToken);
        var state = reader.State;
        var hash = await RunHash.AtAsync(journal, run, reader.Iteration, cancellationToken);
        var diagnostics = await DiagnoseAsync(reader, problem.SummarisedNames, cancellationToken);
        return new RunSummary
        {
            Run = run.Name,
            Problem = state.Identity.Problem,
            Engine = state.Engine,
            Status = state.Status,
            Seed = state.Identity.Seed,
            Ensembles = state.Identity.Ensembles,
            Walkers = state.Identity.Walkers,
            Dimension = state.Identity.Dimension,
            Iterations = reader.Iteration,
            WarmUp = reader.WarmUp,
            WalkerSteps = (long)state.Identity.Ensembles * state.Identity.Walkers * reader.Iteration,
            Evaluations = state.Evaluations,
            Failures = state.Failures.Counts,
            Reason = state.Reason,
            Verdicts = state.Verdicts,
            Workers = state.Workers,
            Disagreements = state.Disagreements,
            Seconds = state.Seconds,
            Acceptance = state.WalkerSteps > 0 ? (double)state.Accepted / state.WalkerSteps : double.NaN,
            ChainHash = hash,
            Converged = diagnostics.Take(problem.ReportedNames.Count).All(pair => HasConverged(pair.Value, reader)),
            Parameters = diagnostics,
        };
    }

    /// <summary>Diagnoses quantities one after the other, reusing one buffer.</summary>
    internal static async Task<IReadOnlyList<KeyValuePair<string, ParameterDiagnostics>>> DiagnoseAsync(
        RunReader reader, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, ParameterDiagnostics>> all = [];
        var scratch = new DiagnosticScratch();
        double[]? buffer = null;
        foreach (var name in names)
        {
            var draws = await reader.ReadAsync(name, buffer, cancellationToken);
            buffer = draws.Values;
            var diagnosed = Diagnose.Ensembles(draws, reader.Ensembles, scratch);
            all.Add(KeyValuePair.Create(name, diagnosed with { Tau = diagnosed.Tau * reader.Thin }));
        }

        return all;
    }

    private static bool HasConverged(ParameterDiagnostics parameter, RunReader reader) =>
        parameter.Rhat < ConvergedRhat
        && parameter.EssBulk > ConvergedEss
        && parameter.EssTail > ConvergedEss
        && (double)reader.DrawsPerChain * reader.Thin > ConvergedTaus * parameter.Tau;
}
