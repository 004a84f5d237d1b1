using System.Globalization;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Statistics;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Rescoring;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Reading;

/// <summary>
/// Scores a run's draws under another problem from the outputs that were recorded with them, and weighs them by the ratio of the posteriors,
/// Pareto smoothed. The model is not run. Memory holds two numbers per draw.
/// </summary>
public sealed class RunRescoring
{
    private readonly RunReader reader;
    private readonly Problem before;
    private readonly Rescorer rescorer;
    private readonly double[] logRatios;
    private readonly double[] position;
    private readonly double[] recorded;
    private long impossible;

    private RunRescoring(RunReader reader, Problem before, Rescorer rescorer)
    {
        this.reader = reader;
        this.before = before;
        this.rescorer = rescorer;
        logRatios = new double[checked(reader.Chains * reader.DrawsPerChain)];
        position = new double[before.Space.Dimension];
        recorded = new double[before.RecordedNames.Count];
    }

    /// <summary>Scores the draws of a run, after its warm-up, under another problem.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="run">The run.</param>
    /// <param name="before">The problem the run was started with.</param>
    /// <param name="after">The problem to score its draws under: other targets, likelihood and priors of the same model and parameters.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="RunRefusedException">The outputs were not recorded, or the problems have too little in common.</exception>
    /// <exception cref="RunException">There are no draws, or none is possible under the new problem.</exception>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static async Task<RescoredRun> MakeAsync(
        IJournal journal, RunId run, Problem before, Problem after, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        if (before.Method is not EnsembleSpecification)
        {
            throw new RunRefusedException($"Run '{run}' is a {before.Method.Name}: its draws are not those of a posterior, so there is nothing to re-weight.");
        }

        var opened = await RunReader.OpenAsync(journal, run, before, null, cancellationToken);
        if (!Rescorer.TryCreate(before, opened.State.Identity.CanonicalProblem, after, out var rescorer, out var refusal))
        {
            throw new RunRefusedException($"Run '{run}' cannot be rescored. {refusal}");
        }

        if (opened.DrawsPerChain == 0)
        {
            throw new RunException($"Run '{run}' has no draws after its warm-up of {opened.WarmUp} iterations yet.");
        }

        return await new RunRescoring(opened, before, rescorer).RunAsync(run, after, cancellationToken);
    }

    private async Task<RescoredRun> RunAsync(RunId run, Problem after, CancellationToken cancellationToken)
    {
        var diagnostics = await RunSummaries.DiagnoseAsync(reader, before.ReportedNames, cancellationToken);
        await reader.VisitAsync(Score, cancellationToken);
        if (impossible == logRatios.Length)
        {
            var why = rescorer.FirstFailure is { } failure ? $" ({failure})" : "";
            throw new RunException($"None of the {logRatios.Length} draws of run '{run}' is possible under the new problem{why}: sample it with `calibrate run`.");
        }

        var smoothing = ParetoSmoothing.Of(logRatios, RelativeEfficiency(diagnostics));
        return new RescoredRun
        {
            Run = run.Name,
            Problem = after.Name,
            Draws = logRatios.Length,
            Smoothing = smoothing,
            Impossible = impossible,
            Failures = rescorer.Failures,
            FirstFailure = rescorer.FirstFailure,
            Unchanged = logRatios.All(ratio => ratio == logRatios[0]),
            Quantities = await WeighAsync(diagnostics, smoothing, cancellationToken),
        };
    }

    private void Score(BlockView block, int firstRow, int rows, int begin)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            for (var walker = 0; walker < block.Walkers; walker++)
            {
                logRatios[begin + (walker * reader.DrawsPerChain) + row - firstRow] = LogRatio(block, row, walker);
            }
        }
    }

    private double LogRatio(BlockView block, int row, int walker)
    {
        for (var j = 0; j < position.Length; j++)
        {
            position[j] = block.Positions[(((row * block.Dimension) + j) * block.Walkers) + walker];
        }

        foreach (var k in rescorer.RecordedInUse)
        {
            recorded[k] = block.Recorded[(((row * block.RecordedCount) + k) * block.Walkers) + walker];
        }

        var old = block.LogPosteriors[(row * block.Walkers) + walker];
        if (!double.IsFinite(old))
        {
            throw new RunException($"A draw of ensemble {block.Ensemble} is a failed evaluation: its outputs are not known, so it cannot be scored.");
        }

        var now = rescorer.Evaluate(position, recorded);
        if (double.IsNegativeInfinity(now))
        {
            impossible++;
        }

        return double.IsPositiveInfinity(now)
            ? throw new RunException("The new log likelihood of a draw is positive infinity: an error of the targets.")
            : now - old;
    }

    // The least efficient free parameter stands for the ratios: smoothing a longer tail than needed does little harm.
    private double RelativeEfficiency(IReadOnlyList<KeyValuePair<string, ParameterDiagnostics>> diagnostics)
    {
        var sizes = diagnostics.Take(before.SampledNames.Count).Select(pair => pair.Value.EssBulk).Where(double.IsFinite).ToList();
        return sizes.Count == 0 ? 1 : Math.Min(1, sizes.Min() / logRatios.Length);
    }

    private async Task<IReadOnlyList<RescoredQuantity>> WeighAsync(
        IReadOnlyList<KeyValuePair<string, ParameterDiagnostics>> diagnostics, ParetoSmoothing smoothing, CancellationToken cancellationToken)
    {
        List<RescoredQuantity> quantities = [];
        double[]? buffer = null;
        foreach (var (name, old) in diagnostics)
        {
            var draws = await reader.ReadAsync(name, buffer, cancellationToken);
            buffer = draws.Values;
            quantities.Add(Weigh(name, old, draws.All, smoothing));
        }

        return quantities;
    }

    private static RescoredQuantity Weigh(string name, ParameterDiagnostics old, ReadOnlySpan<double> draws, ParetoSmoothing smoothing)
    {
        var weights = smoothing.Weights;
        var ofMean = Math.Pow(old.Sd / old.McseMean, 2) / draws.Length;
        var quantiles = WeightedSample.Quantile(draws, weights, 0.05, 0.5, 0.95);
        return new RescoredQuantity(
            name,
            old,
            WeightedSample.Mean(draws, weights),
            WeightedSample.MeanError(draws, weights, double.IsFinite(ofMean) ? Math.Min(1, ofMean) : smoothing.RelativeEfficiency),
            WeightedSample.StandardDeviation(draws, weights),
            quantiles[0],
            quantiles[1],
            quantiles[2]);
    }
}
