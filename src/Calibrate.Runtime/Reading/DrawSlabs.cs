using System.Globalization;
using System.Runtime.CompilerServices;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Runtime.Events;

namespace Calibrate.Runtime.Reading;

/// <summary>
/// The draws of a run in slabs of equal length. Blocks of the journal end where a session was interrupted or a buffer was full; writers of
/// files want pieces that are as large as their memory allows, and whose ends depend on the chain only.
/// </summary>
public sealed class DrawSlabs
{
    private readonly RunReader reader;
    private readonly DrawColumns columns;
    private readonly int columnCount;
    private readonly int? only;
    private readonly int drawsPerSlab;
    private readonly Filling[] fillings;

    internal DrawSlabs(RunReader reader, DrawColumns columns, int columnCount, int? ensemble, int drawsPerSlab)
    {
        this.reader = reader;
        this.columns = columns;
        this.columnCount = columnCount;
        only = ensemble;
        this.drawsPerSlab = Math.Min(drawsPerSlab, Math.Max(1, reader.DrawsPerChain));
        fillings = [.. Enumerable.Range(0, reader.Ensembles).Select(_ => new Filling(reader.State.Identity.Walkers))];
    }

    /// <summary>Reads all slabs, once.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="RunException">The journal lacks draws of the iterations that were there when the run was opened.</exception>
    public async IAsyncEnumerable<DrawSlab> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var payload in reader.BlocksAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var taken = 0; Take(payload.Span, ref taken) is { } slab;)
            {
                yield return slab;
            }
        }

        for (var ensemble = 0; ensemble < fillings.Length; ensemble++)
        {
            if (Includes(ensemble) && fillings[ensemble].Place != reader.DrawsPerChain)
            {
                throw new RunException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The journal holds {fillings[ensemble].Place:N0} of {reader.DrawsPerChain:N0} draws of ensemble {ensemble}: it was changed while it was read."));
            }
        }
    }

    /// <summary>
    /// Accepted steps of each walker of an ensemble, counted over the blocks of the journal that hold its draws; known when all slabs are read.
    /// </summary>
    /// <param name="ensemble">Index of the ensemble.</param>
    public ReadOnlySpan<long> Accepted(int ensemble) => fillings[ensemble].Accepted;

    /// <summary>Steps of each walker over those blocks, which begin and end where the journal has a block's ends.</summary>
    /// <param name="ensemble">Index of the ensemble.</param>
    public long Steps(int ensemble) => fillings[ensemble].Steps;

    private bool Includes(int ensemble) => (only ?? ensemble) == ensemble;

    // Takes rows in until a slab is full or the block is empty; `taken` counts the block's rows that are in.
    private DrawSlab? Take(ReadOnlySpan<byte> payload, ref int taken)
    {
        var block = BlockView.Of(payload);
        if (!Includes(block.Ensemble) || reader.RowsOf(block) is not { Count: > 0 } rows || taken == rows.Count)
        {
            return null;
        }

        var filling = fillings[block.Ensemble];
        if (taken == 0)
        {
            Begin(filling, block, rows);
        }

        while (taken < rows.Count)
        {
            var first = filling.Place / drawsPerSlab * drawsPerSlab;
            var draws = Math.Min(drawsPerSlab, reader.DrawsPerChain - first);
            var count = Math.Min(rows.Count - taken, first + draws - filling.Place);
            filling.Values ??= [.. Enumerable.Range(0, columnCount).Select(_ => new double[filling.Accepted.Length * drawsPerSlab])];
            Read(block, rows, taken, count, filling.Values, filling.Place - first, draws);
            taken += count;
            filling.Place += count;
            if (filling.Place == first + draws)
            {
                return Slab(filling, block.Ensemble, first, draws);
            }
        }

        return null;
    }

    private void Read(BlockView block, BlockRows rows, int from, int count, double[][] target, int begin, int draws)
    {
        if (rows.Step == 1)
        {
            columns.Read(block, rows.First + from, count, target, begin, draws);
            return;
        }

        for (var row = 0; row < count; row++)
        {
            columns.Read(block, rows.First + ((from + row) * rows.Step), 1, target, begin + row, draws);
        }
    }

    private void Begin(Filling filling, BlockView block, BlockRows rows)
    {
        if (reader.PlaceOf(rows.Iteration) != filling.Place)
        {
            throw new RunException(string.Create(
                CultureInfo.InvariantCulture,
                $"The journal goes on at iteration {rows.Iteration:N0} of ensemble {block.Ensemble}, but draw {filling.Place:N0} is next: it is damaged; see `calibrate runs verify`."));
        }

        filling.Steps += block.To - Math.Max(0, block.From);
        for (var walker = 0; walker < block.AcceptedByWalker.Length; walker++)
        {
            filling.Accepted[walker] += block.AcceptedByWalker[walker];
        }
    }

    private DrawSlab Slab(Filling filling, int ensemble, int first, int draws) => new(
        ensemble,
        first,
        reader.IterationOf(first),
        [.. filling.Values!.Select(values => new DrawMatrix(values, filling.Accepted.Length, draws))]);

    private sealed class Filling(int walkers)
    {
        public double[][]? Values { get; set; }

        public int Place { get; set; }

        public long[] Accepted { get; } = new long[walkers];

        public long Steps { get; set; }
    }
}
