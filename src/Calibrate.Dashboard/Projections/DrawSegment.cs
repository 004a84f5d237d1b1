using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Statistics;
using Calibrate.Runtime.Reading;

namespace Calibrate.Dashboard.Projections;

/// <summary>A stretch of iterations of one ensemble, condensed: moments of every walker for diagnostics, some rows as they are for plots.</summary>
internal sealed class DrawSegment
{
    private const int MostParts = 32;
    private const int FewestDraws = 4;

    private readonly int[] iterations;
    private readonly double[][] rows;

    private DrawSegment(int ensemble, int from, int to, double steps, double accepted, SampleMoments[][] moments, int[] iterations, double[][] rows)
    {
        (Ensemble, From, To, WalkerSteps, Accepted) = (ensemble, from, to, steps, accepted);
        Moments = moments;
        this.iterations = iterations;
        this.rows = rows;
    }

    public int Ensemble { get; }

    /// <summary>The stretch begins after this iteration.</summary>
    public int From { get; }

    public int To { get; }

    /// <summary>Walker steps: a share of those of its block.</summary>
    public double WalkerSteps { get; }

    /// <summary>Those that were accepted, a share as well.</summary>
    public double Accepted { get; }

    /// <summary>Moments of all draws of the stretch, by quantity and walker.</summary>
    public SampleMoments[][] Moments { get; }

    /// <summary>Iterations of the rows that are kept.</summary>
    public ReadOnlySpan<int> Iterations => iterations;

    /// <summary>Whether there are draws in it; a stretch shorter than the thinning may have none.</summary>
    public bool HasDraws => Moments.Length > 0 && Moments[0][0].Count > 0;

    /// <summary>The draws of one quantity in a row that is kept, walker by walker.</summary>
    public ReadOnlySpan<double> Row(int quantity, int row)
    {
        var walkers = Moments[quantity].Length;
        return rows[quantity].AsSpan(row * walkers, walkers);
    }

    /// <summary>
    /// Condenses a block into some stretches: a short run is one block, of which the end of the warm-up may stand anywhere. What was accepted in a block is
    /// spread evenly over them.
    /// </summary>
    /// <param name="block">The block, which is not needed any more afterwards.</param>
    /// <param name="mostRows">How many rows each keeps at most, evenly spaced.</param>
    public static IEnumerable<DrawSegment> Of(SelectedBlock block, int mostRows)
    {
        var columns = block.Draws.Columns;
        var draws = columns.Count == 0 ? 0 : columns[0].Iterations;
        var parts = Math.Clamp(draws / FewestDraws, 1, MostParts);
        var from = block.From;
        for (var part = 0; part < parts; part++)
        {
            var (first, end) = ((int)((long)draws * part / parts), (int)((long)draws * (part + 1) / parts));
            var to = part == parts - 1 ? block.To : Iteration(end - 1);
            yield return Part(from, to, first, end);
            from = to;
        }

        int Iteration(int row) => block.Draws.FirstIteration + (row * block.Draws.Thin);

        DrawSegment Part(int after, int to, int first, int end)
        {
            var kept = Evenly(end - first, mostRows);
            var share = (double)(to - after) / (block.To - block.From);
            return new DrawSegment(
                block.Ensemble,
                after,
                to,
                share * block.WalkerSteps,
                share * block.Accepted,
                [.. columns.Select(column => MomentsOf(column, first, end))],
                [.. kept.Select(row => Iteration(first + row))],
                [.. columns.Select(column => RowsOf(column, first, kept))]);
        }
    }

    /// <summary>This stretch and the one that follows on it, as one.</summary>
    public DrawSegment Join(DrawSegment next, int mostRows)
    {
        int[] places = [.. iterations, .. next.iterations];
        var kept = Evenly(places, From, mostRows);
        return new DrawSegment(
            Ensemble,
            From,
            next.To,
            WalkerSteps + next.WalkerSteps,
            Accepted + next.Accepted,
            [.. Moments.Select((walkers, quantity) => walkers.Select((moments, walker) => moments.Merge(next.Moments[quantity][walker])).ToArray())],
            [.. kept.Select(row => places[row])],
            [.. rows.Select((own, quantity) => JoinRows(quantity, next, kept))]);
    }

    private double[] JoinRows(int quantity, DrawSegment next, int[] kept)
    {
        var walkers = Moments[quantity].Length;
        var joined = new double[kept.Length * walkers];
        for (var i = 0; i < kept.Length; i++)
        {
            var row = kept[i] < iterations.Length ? Row(quantity, kept[i]) : next.Row(quantity, kept[i] - iterations.Length);
            row.CopyTo(joined.AsSpan(i * walkers));
        }

        return joined;
    }

    private static SampleMoments[] MomentsOf(DrawMatrix column, int first, int end)
    {
        var moments = new SampleMoments[column.Chains];
        for (var walker = 0; walker < moments.Length; walker++)
        {
            moments[walker] = SampleMoments.Of(column.Chain(walker)[first..end]);
        }

        return moments;
    }

    private static double[] RowsOf(DrawMatrix column, int first, int[] kept)
    {
        var values = new double[kept.Length * column.Chains];
        for (var walker = 0; walker < column.Chains; walker++)
        {
            var chain = column.Chain(walker);
            for (var i = 0; i < kept.Length; i++)
            {
                values[(i * column.Chains) + walker] = chain[first + kept[i]];
            }
        }

        return values;
    }

    // The last row is always among them: a trace ends where the run stands.
    private static int[] Evenly(int count, int most)
    {
        var kept = new int[Math.Min(count, most)];
        for (var i = 0; i < kept.Length; i++)
        {
            kept[i] = (int)(((i + 1L) * count / kept.Length) - 1);
        }

        return kept;
    }

    // By iteration and not by number: a short stretch that joins a long one has no more rows than its share. The row goes first whose neighbours are the
    // closest to each other, which leaves even distances however often stretches are joined. The last one stays.
    private static int[] Evenly(int[] places, int from, int most)
    {
        List<int> kept = [.. Enumerable.Range(0, places.Length)];
        while (kept.Count > most)
        {
            var (closest, gap) = (0, int.MaxValue);
            for (var i = 0; i < kept.Count - 1; i++)
            {
                var between = places[kept[i + 1]] - (i == 0 ? from : places[kept[i - 1]]);
                (closest, gap) = between < gap ? (i, between) : (closest, gap);
            }

            kept.RemoveAt(closest);
        }

        return [.. kept];
    }
}
