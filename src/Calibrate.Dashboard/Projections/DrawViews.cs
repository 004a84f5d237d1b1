using Calibrate.Problems;
using Calibrate.Problems.Parameters;

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
            parameter?.Label ?? name,
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

        return rows.Count <= MostPoints
            ? [.. rows]
            : [.. Enumerable.Range(1, MostPoints).Select(i => rows[(int)((long)i * rows.Count / MostPoints) - 1])];
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

    private static LineView Acceptance(IReadOnlyList<DrawSegment> stretches)
    {
        var counted = stretches.Where(stretch => stretch.WalkerSteps > 0).ToArray();
        return new LineView([.. counted.Select(stretch => stretch.To)], [.. counted.Select(stretch => (double)stretch.Accepted / stretch.WalkerSteps)]);
    }
}
