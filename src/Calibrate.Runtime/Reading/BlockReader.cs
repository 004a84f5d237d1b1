using System.Runtime.CompilerServices;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Reading;

/// <summary>
/// Single blocks of a run, chosen by their places in the journal: what somebody needs who looks at a run of gigabytes and reads only some of it.
/// </summary>
public sealed class BlockReader
{
    private readonly IJournal journal;
    private readonly RunId run;
    private readonly int thin;
    private readonly DrawColumns columns;
    private readonly double[][] values;

    /// <summary>Prepares to read.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="run">The run.</param>
    /// <param name="problem">The problem the run was started with.</param>
    /// <param name="identity">What the run is.</param>
    /// <param name="names">Quantities to read, any of <see cref="RunReader.Names"/>.</param>
    /// <exception cref="RunException">The problem has another shape than the run, or no such quantity.</exception>
    public BlockReader(IJournal journal, RunId run, Problem problem, RunIdentity identity, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(names);
        if (problem.Space.Dimension != identity.Dimension || problem.RecordedNames.Count != identity.RecordedCount)
        {
            throw new RunException($"The problem does not belong to run '{run}': it has other parameters or recorded outputs.");
        }

        (this.journal, this.run) = (journal, run);
        thin = (problem.Method as EnsembleSpecification)?.Thin ?? 1;
        columns = new DrawColumns(problem, names, identity.Walkers);
        values = [.. names.Select(_ => Array.Empty<double>())];
        (Names, Identity) = (names, identity);
    }

    /// <summary>The quantities, in the order of <see cref="DrawBlock.Columns"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What the run is.</summary>
    public RunIdentity Identity { get; }

    /// <summary>Where the blocks stand.</summary>
    /// <param name="fromSequence">From this event on.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public Task<IReadOnlyList<JournalPlace>> FindAsync(long fromSequence = 1, CancellationToken cancellationToken = default) =>
        journal.FindAsync(run, (int)RunEventKind.IterationsAdvanced, fromSequence, cancellationToken);

    /// <summary>Reads blocks. Each is valid until the next one is asked for; not for two readings at once.</summary>
    /// <param name="sequences">Their places.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<SelectedBlock> ReadAsync(
        IReadOnlyList<long> sequences, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var entry in journal.ReadSelectedAsync(run, sequences, cancellationToken))
        {
            if (entry.Kind == (int)RunEventKind.IterationsAdvanced)
            {
                yield return Read(entry.Sequence, BlockView.Of(entry.Payload.Span));
            }
        }
    }

    private SelectedBlock Read(long sequence, BlockView block)
    {
        var rows = block.Rows;
        var count = rows * Identity.Walkers;
        for (var c = 0; c < values.Length; c++)
        {
            values[c] = values[c].Length >= count ? values[c] : new double[count];
        }

        columns.Read(block, 0, rows, values, begin: 0, rows);
        var first = block.From < 0 ? 0 : ((block.From / thin) + 1) * thin;
        return new SelectedBlock(
            sequence,
            block.Ensemble,
            block.From,
            block.To,
            block.WalkerSteps,
            block.Accepted,
            new DrawBlock(first, thin, [.. values.Select(column => new DrawMatrix(column, Identity.Walkers, rows))]));
    }
}

/// <summary>One block of one ensemble.</summary>
/// <param name="Sequence">Its place in the journal.</param>
/// <param name="Ensemble">Index of the ensemble.</param>
/// <param name="From">The block begins after this iteration; -1 for the first.</param>
/// <param name="To">Its last iteration.</param>
/// <param name="WalkerSteps">Walker steps in it.</param>
/// <param name="Accepted">How many of them were accepted.</param>
/// <param name="Draws">Its draws, without any when all its iterations were thinned away.</param>
public sealed record SelectedBlock(long Sequence, int Ensemble, int From, int To, long WalkerSteps, long Accepted, DrawBlock Draws);
