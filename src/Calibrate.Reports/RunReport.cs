using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Models;
using Calibrate.Reports.Figures;
using Calibrate.Reports.History;
using Calibrate.Reports.Html;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports;

/// <summary>Makes the report of a run from its journal, also while the run goes on.</summary>
public static class RunReport
{
    /// <summary>Gathers what a report says.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="run">The run.</param>
    /// <param name="problem">The problem the run was started with.</param>
    /// <param name="predictive">How many draws to predict observations from; its clock tells when the report was made.</param>
    /// <param name="locationHint">Options that find the run again, for commands that the report tells to type; begins with a space, or is empty.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    /// <exception cref="RunException">The run has no complete iteration yet.</exception>
    public static async Task<ReportContent> GatherAsync(
        IJournal journal, RunId run, Problem problem, PredictiveSettings predictive, string locationHint = "", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(predictive);
        var reader = await RunReader.OpenAsync(journal, run, problem, cancellationToken: cancellationToken);
        if (reader.Iteration < 0)
        {
            throw new RunException($"Run '{run}' has no complete iteration yet: make its report later.");
        }

        // Everything below is about the same iterations, however far a live run has come meanwhile.
        var summary = await RunSummaries.MakeAsync(journal, run, problem, reader.Iteration, cancellationToken);
        var history = await RunHistory.ReadAsync(journal, run, cancellationToken);
        var (sample, trouble) = problem.Method is EnsembleSpecification
            ? await PredictAsync(reader, problem, predictive, cancellationToken)
            : (null, null);
        var figures = await RunFigures.CreateAllAsync(
            reader, problem, new RunFigureSources(history) { Predictive = sample, Diagnostics = summary.Parameters }, cancellationToken);
        return new ReportContent
        {
            Summary = summary,
            State = reader.State,
            Problem = problem,
            History = history,
            Prior = problem.Derived.Count > 0 ? PriorSample.Draw(problem) : null,
            Predictive = sample,
            PredictiveTrouble = trouble,
            Figures = figures,
            HasChanged = problem.ChainFingerprint(reader.State.Identity.Seed).Hex != reader.State.Identity.ChainFingerprint,
            DrawsPerChain = reader.DrawsPerChain,
            Thin = reader.Thin,
            LocationHint = locationHint,
            MadeAt = predictive.Clock.GetUtcNow(),
        };
    }

    // A model that is not here any more must not keep anybody from the rest of the report.
    private static async Task<(PredictiveSample? Sample, string? Trouble)> PredictAsync(
        RunReader reader, Problem problem, PredictiveSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return (await PredictiveSample.MakeAsync(reader, problem, settings, cancellationToken), null);
        }
        catch (Exception exception) when (exception is RunException or ProblemException or ModelUnavailableException)
        {
            return (null, exception.Message);
        }
    }
}
