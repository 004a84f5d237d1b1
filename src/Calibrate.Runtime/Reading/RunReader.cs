using System.Runtime.CompilerServices;
using Calibrate.Numerics.Diagnostics;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Events;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Reading;

/// <summary>
/// Reads a run's draws from its journal, also while it is being written. Memory holds one number per draw and quantity asked for, whatever
/// the size of the journal.
/// </summary>
public sealed class RunReader
{
    /// <summary>Under this name the log posterior (log likelihood + log prior, without Jacobian) can be read.</summary>
    public const string LogPosterior = "log_posterior";

    private const int DefaultWarmUpShare = 5;

    private readonly IJournal journal;
    private readonly RunId run;
    private readonly Problem problem;

    private RunReader(IJournal journal, RunId run, Problem problem, RunState state, int iteration)
    {
        this.journal = journal;
        this.run = run;
        this.problem = problem;
        State = state;
        Iteration = iteration;
        var ensemble = problem.Method as EnsembleSpecification;
        Thin = ensemble?.Thin ?? 1;
        WarmUp = WarmUpOf(ensemble, iteration);
        Names = [.. problem.ReportedNames, .. problem.NaturalNames.Except(problem.ReportedNames, StringComparer.Ordinal), .. problem.RecordedNames, LogPosterior];
    }

    /// <summary>Where the run stands, as the journal said when the reader was opened.</summary>
    public RunState State { get; }

    /// <summary>Draws are read up to this iteration, which all ensembles share; -1 when there are none.</summary>
    public int Iteration { get; }

    /// <summary>Iterations left out at the beginning: the problem's warm-up, or a fifth of <see cref="Iteration"/>.</summary>
    public int WarmUp { get; }

    /// <summary>Every how many iterations a draw was kept.</summary>
    public int Thin { get; }

    /// <summary>Independent ensembles.</summary>
    public int Ensembles => State.Identity.Ensembles;

    /// <summary>Walkers of all ensembles: the chains of a <see cref="DrawMatrix"/>, ensemble-major.</summary>
    public int Chains => State.Identity.Ensembles * State.Identity.Walkers;

    /// <summary>Draws kept per chain after the warm-up.</summary>
    public int DrawsPerChain => Math.Max(0, (Iteration / Thin) - (Math.Max(0, WarmUp) / Thin));

    /// <summary>Iteration of the first draw after the warm-up.</summary>
    public int FirstDrawnIteration => FirstMultipleAfter(WarmUp);

    /// <summary>
    /// Everything that can be read, in natural space: free parameters, derived quantities, tied and fixed parameters, recorded outputs,
    /// and <see cref="LogPosterior"/>.
    /// </summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens a run for reading.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="run">The run.</param>
    /// <param name="problem">The problem the run was started with.</param>
    /// <param name="iteration">Read up to this iteration; null for the run's result so far.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    /// <exception cref="RunException">The run has no such iteration, or its problem has another shape.</exception>
    public static async Task<RunReader> OpenAsync(
        IJournal journal, RunId run, Problem problem, int? iteration = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(journal);
        ArgumentNullException.ThrowIfNull(problem);
        var state = await RunRecovery.FoldAsync(journal, run, method: null, cancellationToken)
            ?? throw new RunException($"Run '{run}' was created but never started.");
        if (problem.Space.Dimension != state.Identity.Dimension || problem.RecordedNames.Count != state.Identity.RecordedCount)
        {
            throw new RunException($"The problem does not belong to run '{run}': it has other parameters or recorded outputs.");
        }

        if (iteration > state.CommonIteration)
        {
            throw new RunException($"Run '{run}' has {state.CommonIteration} iterations that all ensembles share, not {iteration}.");
        }

        return new RunReader(journal, run, problem, state, iteration ?? state.ResultIteration);
    }

    /// <summary>Iterations that are left out at the beginning: what the method says, or a fifth of the result.</summary>
    /// <param name="ensemble">The method; null for one without walkers, which has no warm-up.</param>
    /// <param name="iteration">The result's last iteration.</param>
    public static int WarmUpOf(EnsembleSpecification? ensemble, int iteration) =>
        ensemble is null ? 0 : ensemble.WarmUp ?? Math.Max(0, iteration) / DefaultWarmUpShare;

    /// <summary>Reads the draws of one quantity after the warm-up.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="buffer">An array to read into, if it is long enough (<see cref="Chains"/> times <see cref="DrawsPerChain"/>); or null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<DrawMatrix> ReadAsync(string name, double[]? buffer = null, CancellationToken cancellationToken = default) =>
        (await ReadAsync([name], buffer is null ? null : [buffer], cancellationToken))[0];

    /// <summary>Reads the draws of several quantities in one pass.</summary>
    /// <param name="names">Any of <see cref="Names"/>.</param>
    /// <param name="buffers">One array per name to read into, or null to allocate them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<DrawMatrix>> ReadAsync(
        IReadOnlyList<string> names, IReadOnlyList<double[]>? buffers = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        var count = checked(Chains * DrawsPerChain);
        var target = names
            .Select((_, index) => buffers is not null && buffers[index].Length >= count ? buffers[index] : new double[count])
            .ToArray();
        var columns = new DrawColumns(problem, names, State.Identity.Walkers);
        await VisitAsync((block, firstRow, rows, begin) => columns.Read(block, firstRow, rows, target, begin, DrawsPerChain), cancellationToken);
        return [.. target.Select(values => new DrawMatrix(values, Chains, DrawsPerChain))];
    }

    /// <summary>Reads single draws of several quantities in one pass; memory holds only what was asked for.</summary>
    /// <param name="names">Any of <see cref="Names"/>.</param>
    /// <param name="places">Which draws, in any order.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>One array per place, with a number per name.</returns>
    /// <exception cref="RunException">There is no such quantity.</exception>
    public async Task<IReadOnlyList<double[]>> ReadAtAsync(
        IReadOnlyList<string> names, IReadOnlyList<DrawPlace> places, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(places);
        var walkers = State.Identity.Walkers;
        var wanted = places.Index().ToLookup(pair => (pair.Item.Chain / walkers, pair.Item.Draw), pair => pair.Index);
        var columns = new DrawColumns(problem, names, walkers);
        var row = names.Select(_ => new double[walkers]).ToArray();
        var found = new double[places.Count][];
        await VisitAsync(
            (block, firstRow, rows, begin) =>
            {
                var firstDraw = begin % DrawsPerChain;
                for (var draw = firstDraw; draw < firstDraw + rows; draw++)
                {
                    if (!wanted.Contains((block.Ensemble, draw)))
                    {
                        continue;
                    }

                    columns.Read(block, firstRow + draw - firstDraw, 1, row, begin: 0, draws: 1);
                    foreach (var index in wanted[(block.Ensemble, draw)])
                    {
                        found[index] = Array.ConvertAll(row, column => column[places[index].Chain % walkers]);
                    }
                }
            },
            cancellationToken);
        return found;
    }

    /// <summary>Goes over all draws after the warm-up, block by block.</summary>
    internal async Task VisitAsync(RowsVisitor visitor, CancellationToken cancellationToken)
    {
        await foreach (var entry in journal.ReadTransientAsync(run, 1, cancellationToken))
        {
            if (entry.Kind == (int)RunEventKind.IterationsAdvanced)
            {
                Visit(BlockView.Of(entry.Payload.Span), visitor);
            }
        }
    }

    /// <summary>
    /// Reads the draws of one ensemble block by block, in the order of its iterations: memory holds one block, whatever the length of the run.
    /// </summary>
    /// <param name="names">Any of <see cref="Names"/>.</param>
    /// <param name="ensemble">Index of the ensemble.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="RunException">There is no such quantity.</exception>
    public async IAsyncEnumerable<DrawBlock> ReadBlocksAsync(
        IReadOnlyList<string> names, int ensemble, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        var columns = new DrawColumns(problem, names, State.Identity.Walkers);
        await foreach (var entry in journal.ReadTransientAsync(run, 1, cancellationToken))
        {
            if (entry.Kind == (int)RunEventKind.IterationsAdvanced && BlockOf(entry.Payload.Span, columns, names.Count, ensemble) is { } block)
            {
                yield return block;
            }
        }
    }

    private DrawBlock? BlockOf(ReadOnlySpan<byte> payload, DrawColumns columns, int count, int ensemble)
    {
        var block = BlockView.Of(payload);
        if (block.Ensemble != ensemble || RowsOf(block) is not { Count: > 0 } rows)
        {
            return null;
        }

        var target = new double[count][];
        for (var c = 0; c < count; c++)
        {
            target[c] = new double[State.Identity.Walkers * rows.Count];
        }

        columns.Read(block, rows.First, rows.Count, target, begin: 0, rows.Count);
        return new DrawBlock(rows.Iteration, Thin, [.. target.Select(values => new DrawMatrix(values, State.Identity.Walkers, rows.Count))]);
    }

    private void Visit(BlockView block, RowsVisitor visitor)
    {
        var rows = RowsOf(block);
        if (rows.Count > 0)
        {
            var place = (rows.Iteration - FirstMultipleAfter(WarmUp)) / Thin;
            var begin = checked((block.Ensemble * State.Identity.Walkers * DrawsPerChain) + place);
            visitor(block, rows.First, rows.Count, begin);
        }
    }

    // Rows of a block are the multiples of thin in (from, to]; those in (warm-up, iteration] are read.
    private (int First, int Count, int Iteration) RowsOf(BlockView block)
    {
        var first = FirstMultipleAfter(block.From);
        var begin = Math.Max(first, FirstMultipleAfter(WarmUp));
        var end = Math.Min(block.To, Iteration);
        return begin > end ? (0, 0, begin) : ((begin - first) / Thin, ((end - begin) / Thin) + 1, begin);
    }

    private int FirstMultipleAfter(int iteration) => iteration < 0 ? 0 : ((iteration / Thin) + 1) * Thin;
}

/// <summary>Takes in rows of a block.</summary>
/// <param name="block">The block, gone after the call.</param>
/// <param name="firstRow">The first row to take in.</param>
/// <param name="rows">Number of rows to take in.</param>
/// <param name="begin">Where the first row of the block's first walker stands among all draws, chain after chain.</param>
internal delegate void RowsVisitor(BlockView block, int firstRow, int rows, int begin);
