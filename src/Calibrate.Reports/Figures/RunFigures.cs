using System.Globalization;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;
using Calibrate.Reports.History;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Reports.Figures;

/// <summary>
/// All figures of a run. Columns of the journal are read in groups that fit into a fixed amount of memory, each once; what a figure needs of a
/// column is small.
/// </summary>
public static class RunFigures
{
    /// <summary>Most quantities in figures with a panel per quantity.</summary>
    public const int MostQuantities = 12;

    private const long ColumnMemory = 256L << 20;
    private const int MostThreads = 4;

    /// <summary>Makes all figures of a run, also while it goes on, reading everything that they need.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="run">The run.</param>
    /// <param name="problem">The problem the run was started with.</param>
    /// <param name="predictive">How many draws to predict observations from.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    /// <exception cref="Runtime.RunException">The model cannot be evaluated here.</exception>
    public static async Task<IReadOnlyList<Figure>> CreateAllAsync(
        IJournal journal, RunId run, Problem problem, PredictiveSettings predictive, CancellationToken cancellationToken = default)
    {
        var reader = await RunReader.OpenAsync(journal, run, problem, cancellationToken: cancellationToken);
        var sample = await PredictiveSample.MakeAsync(reader, problem, predictive, cancellationToken);
        return await CreateAllAsync(
            reader, problem, new RunFigureSources(await RunHistory.ReadAsync(journal, run, cancellationToken)) { Predictive = sample }, cancellationToken);
    }

    /// <summary>Makes all figures of a run.</summary>
    /// <param name="reader">The run's draws.</param>
    /// <param name="problem">The problem the run was started with.</param>
    /// <param name="sources">What is known of the run besides.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The figures in the order of a report; those of draws only for a sampled posterior that has some.</returns>
    public static async Task<IReadOnlyList<Figure>> CreateAllAsync(
        RunReader reader, Problem problem, RunFigureSources sources, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(sources);
        List<Figure> figures = [];
        IReadOnlyList<QuantityPanels> panels = [];
        if (problem.Method is EnsembleSpecification && reader.DrawsPerChain > 0)
        {
            var shown = Choose(problem.ReportedNames, sources.Diagnostics);
            panels = await SummariseAsync(reader, problem, [.. shown, RunReader.LogPosterior], sources, cancellationToken);
            AddOfDraws(figures, panels, problem.ReportedNames.Count, sources.Diagnostics is not null);
        }

        if (sources.History.Steps.Sum(step => step.Steps) > 0)
        {
            var shares = AcceptanceFigure.Summarise(sources.History.Steps, reader.Ensembles, Math.Max(1, reader.Iteration));
            figures.Add(AcceptanceFigure.Create(shares, reader.WarmUp));
        }

        if (sources.History.Failures.Count > 0)
        {
            figures.Add(FailuresOf(problem, sources.History, reader.State.Failures.Total, panels));
        }

        if (sources.Predictive is { Count: > 0 } predictive)
        {
            figures.InsertRange(
                Math.Max(0, figures.FindIndex(figure => figure.Name == FigureNames.Trace)),
                predictive.Targets.Select(target => PredictiveFigure.Create(target, target.Axis is null ? null : "time", predictive.Origin)));
        }

        return figures;
    }

    private static void AddOfDraws(List<Figure> figures, IReadOnlyList<QuantityPanels> all, int reported, bool byRhat)
    {
        QuantityPanels[] panels = [.. all.Where(panel => panel.Name != RunReader.LogPosterior)];
        var note = panels.Length < reported
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" Shown are {panels.Length} of {reported} quantities: {(byRhat ? "those with the largest R-hat" : "the first of the problem")}.")
            : "";
        figures.Add(Noted(MarginalsFigure.Create([.. panels.Select(panel => panel.Marginal!)])));
        if (panels.Length > 1)
        {
            var corner = panels.Take(CornerFigure.MostQuantities).Select(panel => new CornerQuantity(panel.Marginal!, panel.Kept, panel.Effective)).ToList();
            figures.Add(CornerFigure.Create(corner, reported - corner.Count));
        }

        figures.Add(Noted(TraceFigure.Create([.. all.Select(panel => panel.Trace)])));
        figures.Add(Noted(RankFigure.Create([.. panels.Select(panel => panel.Rank!)])));
        figures.Add(Noted(AutocorrelationFigure.Create([.. panels.Select(panel => panel.Autocorrelation!)])));
        figures.Add(Noted(EssFigure.Create([.. panels.Select(panel => panel.Ess!)])));

        Figure Noted(Figure figure) => figure with { Caption = figure.Caption + note };
    }

    // In the order of the problem; when there are too many, those that converge worst.
    private static List<string> Choose(IReadOnlyList<string> names, IReadOnlyList<KeyValuePair<string, ParameterDiagnostics>>? diagnostics)
    {
        if (names.Count <= MostQuantities || diagnostics is null)
        {
            return [.. names.Take(MostQuantities)];
        }

        var rhats = diagnostics.ToDictionary(pair => pair.Key, pair => double.IsNaN(pair.Value.Rhat) ? double.PositiveInfinity : pair.Value.Rhat);
        var worst = names.OrderByDescending(name => rhats.GetValueOrDefault(name)).Take(MostQuantities).ToHashSet(StringComparer.Ordinal);
        return [.. names.Where(worst.Contains)];
    }

    private static async Task<IReadOnlyList<QuantityPanels>> SummariseAsync(
        RunReader reader, Problem problem, List<string> names, RunFigureSources sources, CancellationToken cancellationToken)
    {
        var priors = PriorsOf(problem);
        var known = sources.Diagnostics?.ToDictionary(pair => pair.Key, pair => pair.Value) ?? [];
        var columnBytes = Math.Max(1, (long)reader.Chains * reader.DrawsPerChain * sizeof(double));
        var panels = new QuantityPanels[names.Count];
        foreach (var group in names.Index().Chunk((int)Math.Clamp(ColumnMemory / columnBytes, 1, names.Count)))
        {
            var columns = await reader.ReadAsync([.. group.Select(pair => pair.Item)], cancellationToken: cancellationToken);
            var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(MostThreads, Environment.ProcessorCount), CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(
                Enumerable.Range(0, group.Length),
                options,
                (i, _) =>
                {
                    var (index, name) = group[i];
                    var (label, unit) = QuantityLabels.Of(problem, name);
                    var draws = new QuantityDraws(name, label, unit, columns[i])
                    {
                        Ensembles = reader.Ensembles,
                        FirstIteration = reader.FirstDrawnIteration,
                        Thin = reader.Thin,
                    };
                    panels[index] = QuantityPanels.Of(draws, priors.GetValueOrDefault(name), known.GetValueOrDefault(name));
                    return ValueTask.CompletedTask;
                });
        }

        return panels;
    }

    private static Dictionary<string, PriorCurve> PriorsOf(Problem problem)
    {
        Dictionary<string, PriorCurve> priors = [];
        foreach (var parameter in problem.Parameters)
        {
            if (PriorCurve.Of(parameter) is { } prior)
            {
                priors[parameter.Name] = prior;
            }
        }

        var sample = problem.Derived.Count > 0 ? PriorSample.Draw(problem) : null;
        for (var k = 0; sample is not null && k < problem.Derived.Count; k++)
        {
            if (PriorCurve.Of([.. sample.Derived.Select(row => row[k])]) is { } prior)
            {
                priors[problem.Derived.Names[k]] = prior;
            }
        }

        return priors;
    }

    private static Figure FailuresOf(Problem problem, RunHistory history, long total, IReadOnlyList<QuantityPanels> panels)
    {
        var shown = problem.Parameters.Where(parameter => parameter.Role == ParameterRole.Free).Take(MostQuantities);
        return FailuresFigure.Create(
            [.. shown.Select(parameter => new FailurePanel(
                PlotlyText.Labelled(parameter.Label ?? parameter.Name, parameter.Unit),
                panels.FirstOrDefault(panel => panel.Name == parameter.Name)?.Marginal?.Density,
                [.. history.Failures.Select(failure => failure.Parameters[IndexOf(problem.NaturalNames, parameter.Name)])]))],
            history.Failures.Count,
            total);
    }

    private static int IndexOf(IReadOnlyList<string> names, string name) => names.Index().First(pair => pair.Item == name).Index;
}

/// <summary>What figures of a run are made from besides its draws.</summary>
/// <param name="History">What happened to the run.</param>
public sealed record RunFigureSources(RunHistory History)
{
    /// <summary>Predictions of the observations; null to leave them out.</summary>
    public PredictiveSample? Predictive { get; init; }

    /// <summary>Diagnostics of the reported quantities as a <see cref="RunSummary"/> has them; null to compute them.</summary>
    public IReadOnlyList<KeyValuePair<string, ParameterDiagnostics>>? Diagnostics { get; init; }
}
