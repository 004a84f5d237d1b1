using Calibrate.Problems;
using Calibrate.Runtime.Reading;

namespace Calibrate.Dashboard.Projections;

/// <summary>Makes what a page shows of the draws that are kept.</summary>
internal static class DrawViews
{
    private const int MostTraces = 8;
    private const int MostPoints = 160;
    private const int MostPooled = 4096;

    /// <summary>Makes the view.</summary>
    /// <param name="segments">The draws.</param>
    /// <param name="names">The quantities.</param>
    /// <param name="problem">The problem, for labels, units and priors.</param>
    /// <param name="iteration">Last iteration that all ensembles share.</param>
    /// <param name="warmUp">Last iteration of the warm-up.</param>
    public static DrawView Of(DrawSegments segments, IReadOnlyList<string> names, Problem problem, int iteration, int warmUp)
    {
        var history = DiagnosticHistory.Of(segments, names.Count, iteration, warmUp);
        var shown = Enumerable.Range(0, segments.Ensembles).Select(ensemble => ShownRows(segments[ensemble])).ToArray();
        return new DrawView(
            iteration,
            warmUp,
            history.Coverage,
            [.. shown.Select(rows => rows.Select(row => row.Segment.Iterations[row.Index]).ToArray())],
            [.. names.Select((name, quantity) => Quantity(segments, shown, quantity, name, problem, history.Last[quantity], warmUp))],
            history.View,
            [.. Enumerable.Range(0, segments.Ensembles).Select(ensemble => Acceptance(segments[ensemble]))]);
    }

    private static QuantityView Quantity(
        DrawSegments segments,
        (DrawSegment Segment, int Index)[][] shown,
        int quantity,
        string name,
        Problem problem,
        QuantityEstimate estimate,
        int warmUp)
    {
        var parameter = problem.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        var pooled = Pooled(segments, quantity, warmUp);
        return new QuantityView(
            name,
            parameter?.Label ?? (name == RunReader.LogPosterior ? "log posterior" : name),
            parameter?.Unit,
            estimate.Mean,
            estimate.Sd,
            estimate.McseMean,
            Quantile(pooled, 0.05),
            Quantile(pooled, 0.5),
            Quantile(pooled, 0.95),
            estimate.Rhat,
            estimate.Ess,
            Traces(segments, shown, quantity),
            DensityGrid.Of(pooled, parameter));
    }

    private static List<TraceView> Traces(DrawSegments segments, (DrawSegment Segment, int Index)[][] shown, int quantity)
    {
        var perEnsemble = Math.Max(1, MostTraces / segments.Ensembles);
        List<TraceView> traces = [];
        for (var ensemble = 0; ensemble < Math.Min(segments.Ensembles, MostTraces); ensemble++)
        {
            var walkers = segments[ensemble] is [{ HasDraws: true } first, ..] ? first.Moments[quantity].Length : 0;
            for (var i = 0; i < Math.Min(perEnsemble, walkers); i++)
            {
                var walker = (int)((long)i * walkers / Math.Min(perEnsemble, walkers));
                traces.Add(new TraceView(ensemble, walker, [.. shown[ensemble].Select(row => row.Segment.Row(quantity, row.Index)[walker])]));
            }
        }

        return traces;
    }

    private static (DrawSegment Segment, int Index)[] ShownRows(IReadOnlyList<DrawSegment> stretches)
    {
        List<(DrawSegment, int)> rows = [];
        foreach (var stretch in stretches)
        {
            for (var row = 0; row < stretch.Iterations.Length; row++)
            {
                rows.Add((stretch, row));
            }
        }

        return Spaced(rows);
    }

    // At even distances back from the newest, so that a short last block is no thicker than the rest.
    private static (DrawSegment Segment, int Index)[] Spaced(List<(DrawSegment Segment, int Index)> rows)
    {
        List<(DrawSegment, int)> kept = [];
        var distance = rows.Count == 0 ? 0 : (double)(Iteration(rows[^1]) - Iteration(rows[0])) / (MostPoints - 1);
        var next = double.PositiveInfinity;
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            if (Iteration(rows[i]) <= next)
            {
                kept.Add(rows[i]);
                next = Iteration(rows[i]) - distance;
            }
        }

        kept.Reverse();
        return [.. kept];

        static int Iteration((DrawSegment Segment, int Index) row) => row.Segment.Iterations[row.Index];
    }

    // Draws of all walkers after the warm-up, sorted; every k-th, when there are more than the estimates need.
    private static double[] Pooled(DrawSegments segments, int quantity, int warmUp)
    {
        List<double> pooled = [];
        for (var ensemble = 0; ensemble < segments.Ensembles; ensemble++)
        {
            foreach (var stretch in segments[ensemble])
            {
                for (var row = 0; row < stretch.Iterations.Length; row++)
                {
                    if (stretch.Iterations[row] > warmUp)
                    {
                        pooled.AddRange(stretch.Row(quantity, row));
                    }
                }
            }
        }

        var stride = (pooled.Count + MostPooled - 1) / MostPooled;
        double[] kept = [.. pooled.Where((value, i) => i % Math.Max(1, stride) == 0 && double.IsFinite(value))];
        Array.Sort(kept);
        return kept;
    }

    private static double Quantile(double[] sorted, double probability) =>
        sorted.Length == 0 ? double.NaN : sorted[(int)Math.Round(probability * (sorted.Length - 1))];

    // Stretches are put together until they have half of what they have on average: the share of a few steps is noise.
    private static LineView Acceptance(IReadOnlyList<DrawSegment> stretches)
    {
        var enough = stretches.Count == 0 ? 0 : stretches.Average(stretch => stretch.WalkerSteps) / 2;
        List<int> places = [];
        List<double> shares = [];
        var (steps, accepted) = (0.0, 0.0);
        foreach (var stretch in stretches)
        {
            steps += stretch.WalkerSteps;
            accepted += stretch.Accepted;
            if (steps > 0 && steps >= enough)
            {
                places.Add(stretch.To);
                shares.Add(accepted / steps);
                (steps, accepted) = (0, 0);
            }
        }

        return new LineView([.. places], [.. shares]);
    }
}
