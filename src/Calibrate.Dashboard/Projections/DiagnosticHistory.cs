using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Dashboard.Projections;

/// <summary>Estimates of one quantity from the stretches after the warm-up.</summary>
internal readonly record struct QuantityEstimate(double Mean, double Sd, double McseMean, double Rhat, double Ess)
{
    public static QuantityEstimate Unknown { get; } = new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
}

/// <summary>
/// R-hat and effective sample sizes of growing parts of a run. Stretches that were left out are allowed for: the effective sample size grows in proportion to
/// the iterations of a part, whichever share of them was read.
/// </summary>
/// <param name="View">The lines.</param>
/// <param name="Last">Estimates at the end, by quantity.</param>
/// <param name="Coverage">Share of the iterations after the warm-up that was read.</param>
internal sealed record DiagnosticHistory(HistoryView View, QuantityEstimate[] Last, double Coverage)
{
    private const int Parts = 12;

    /// <summary>Judges the parts.</summary>
    /// <param name="segments">The draws.</param>
    /// <param name="quantities">Number of quantities.</param>
    /// <param name="iteration">Last iteration that all ensembles share.</param>
    /// <param name="warmUp">Last iteration of the warm-up.</param>
    public static DiagnosticHistory Of(DrawSegments segments, int quantities, int iteration, int warmUp)
    {
        int[] ends = [.. Enumerable.Range(1, Parts)
            .Select(part => (int)(warmUp + ((long)(iteration - warmUp) * part / Parts)))
            .Where(end => end > warmUp)
            .Distinct()];
        var rhat = NewLines(quantities, ends.Length);
        var ess = NewLines(quantities, ends.Length);
        var last = new QuantityEstimate[quantities];
        Array.Fill(last, QuantityEstimate.Unknown);
        var walkers = Walkers(segments);
        if (walkers == 0 || ends.Length == 0)
        {
            return new DiagnosticHistory(new HistoryView([], NewLines(quantities, 0), NewLines(quantities, 0)), last, 0);
        }

        var coverage = 0.0;
        for (var quantity = 0; quantity < quantities; quantity++)
        {
            var diagnostics = new SampledDiagnostics(segments.Ensembles, walkers);
            var next = new int[segments.Ensembles];
            var read = 0L;
            for (var part = 0; part < ends.Length; part++)
            {
                read += Feed(diagnostics, segments, quantity, warmUp, ends[part], next);
                var share = Math.Min(1.0, (double)read / ((long)(ends[part] - warmUp) * segments.Ensembles));
                (rhat[quantity][part], ess[quantity][part]) = (diagnostics.Rhat, diagnostics.Ess / share);
                coverage = share;
            }

            last[quantity] = new QuantityEstimate(
                diagnostics.Mean, diagnostics.Sd, diagnostics.McseMean * Math.Sqrt(coverage), rhat[quantity][^1], ess[quantity][^1]);
        }

        return new DiagnosticHistory(new HistoryView(ends, rhat, ess), last, coverage);
    }

    // Iterations of the stretches that were taken in.
    private static long Feed(SampledDiagnostics diagnostics, DrawSegments segments, int quantity, int warmUp, int end, int[] next)
    {
        var read = 0L;
        for (var ensemble = 0; ensemble < segments.Ensembles; ensemble++)
        {
            var stretches = segments[ensemble];
            for (; next[ensemble] < stretches.Count && stretches[next[ensemble]].To <= end; next[ensemble]++)
            {
                var stretch = stretches[next[ensemble]];
                if (stretch.From >= warmUp && stretch.HasDraws)
                {
                    diagnostics.Add(ensemble, stretch.Moments[quantity]);
                    read += stretch.To - stretch.From;
                }
            }
        }

        return read;
    }

    private static int Walkers(DrawSegments segments)
    {
        for (var ensemble = 0; ensemble < segments.Ensembles; ensemble++)
        {
            foreach (var stretch in segments[ensemble])
            {
                if (stretch.HasDraws)
                {
                    return stretch.Moments[0].Length;
                }
            }
        }

        return 0;
    }

    private static double[][] NewLines(int quantities, int points) => [.. Enumerable.Range(0, quantities).Select(_ =>
    {
        var line = new double[points];
        Array.Fill(line, double.NaN);
        return line;
    })];
}
