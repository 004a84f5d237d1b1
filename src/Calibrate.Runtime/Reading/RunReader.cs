using System.Globalization;
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
    private readonly int journaledThin;

    private RunReader(IJournal journal, RunId run, Problem problem, RunState state, int iteration)
    {
        this.journal = journal;
        this.run = run;
        this.problem = problem;
        State = state;
        Iteration = iteration;
        var ensemble = problem.Method as EnsembleSpecification;
        journaledThin = ensemble?.Thin ?? 1;
        Thin = journaledThin;
        WarmUp = WarmUpOf(ensemble, iteration);
        Names = [.. problem.ReportedNames, .. problem.NaturalNames.Except(problem.ReportedNames, StringComparer.Ordinal), .. problem.RecordedNames, LogPosterior];
    }

    private RunReader(RunReader other, int discard, int thin)
        : this(other.journal, other.run, other.problem, other.State, other.Iteration)
    {
        WarmUp = discard;
        Thin = thin;
    }

    /// <summary>Where the run stands, as the journal said when the reader was opened.</summary>
    public RunState State { get; }

    /// <summary>Draws are read up to this iteration, which all ensembles share; -1 when there are none.</summary>
    public int Iteration { get; }

    /// <summary>
    /// Iterations left out at the beginning: the problem's warm-up, or a fifth of <see cref="Iteration"/>, unless <see cref="Select"/> asked for
    /// others.
    /// </summary>
    public int WarmUp { get; }

    /// <summary>Every how many iterations a draw is read: all that were kept, unless <see cref="Select"/> asked for fewer.</summary>
    public int Thin { get; }

    /// <summary>Independent ensembles.</summary>
    public int Ensembles => State.Identity.Ensembles;

    /// <summary>Walkers of all ensembles: the chains of a <see cref="DrawMatrix"/>, ensemble-major.</summary>
    public int Chains => State.Identity.Ensembles * State.Identity.Walkers;

    /// <summary>Draws kept per chain after the warm-up.</summary>
    public int DrawsPerChain => Math.Max(0, (Iteration / Thin) - (Math.Max(0, WarmUp) / Thin));

    /// <summary>Iteration of the first draw after the warm-up.</summary>
    public int FirstDrawnIteration => IterationOf(0);

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

    /// <summary>The same run read with another beginning, or with fewer draws.</summary>
    /// <param name="discard">Iterations to leave out at the beginning, 0 for none; null for <see cref="WarmUp"/>.</param>
    /// <param name="thin">
    /// Read the iterations that are multiples of it, as if the run had kept no others; itself a multiple of what was kept. Null for <see cref="Thin"/>.
    /// </param>
    /// <exception cref="RunRefusedException">A number makes no sense.</exception>
    public RunReader Select(int? discard, int? thin)
    {
        if (discard < 0)
        {
            throw new RunRefusedException(string.Create(CultureInfo.InvariantCulture, $"{discard} iterations cannot be left out: 0 or more was expected."));
        }

        if (thin is { } step && (step < 1 || step % journaledThin != 0))
        {
            throw new RunRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"Draws cannot be read {step} iterations apart: run '{run}' kept them {journaledThin} apart, and a multiple of {journaledThin} was expected."));
        }

        return new RunReader(this, discard ?? WarmUp, thin ?? Thin);
    }

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
        await foreach (var payload in BlocksAsync(cancellationToken))
        {
            Visit(BlockView.Of(payload.Span), visitor);
        }
    }

    /// <summary>
    /// Reads the draws slab by slab: memory holds one slab per ensemble, whatever the length of the run. The journal is read once; slabs of one
    /// ensemble come in the order of its iterations.
    /// </summary>
    /// <param name="names">Any of <see cref="Names"/>.</param>
    /// <param name="ensemble">Index of the ensemble; null for all.</param>
    /// <param name="drawsPerSlab">Draws per walker in every slab but an ensemble's last, at least 1.</param>
    /// <exception cref="RunException">There is no such quantity or ensemble.</exception>
    public DrawSlabs Slabs(IReadOnlyList<string> names, int? ensemble, int drawsPerSlab)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfLessThan(drawsPerSlab, 1);
        return ensemble < 0 || ensemble >= Ensembles
            ? throw new RunRefusedException(string.Create(
                CultureInfo.InvariantCulture, $"Run '{run}' has no ensemble {ensemble}: its {Ensembles} are numbered from 0 to {Ensembles - 1}."))
            : new DrawSlabs(this, new DrawColumns(problem, names, State.Identity.Walkers), names.Count, ensemble, drawsPerSlab);
    }

    /// <summary>The blocks of the run in the order of the journal; each payload is gone when the next is asked for.</summary>
    internal async IAsyncEnumerable<ReadOnlyMemory<byte>> BlocksAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var entry in journal.ReadTransientAsync(run, 1, cancellationToken))
        {
            if (entry.Kind == (int)RunEventKind.IterationsAdvanced)
            {
                yield return entry.Payload;
            }
        }
    }

    /// <summary>Where a draw's iteration stands among those that are read: 0 for the first.</summary>
    internal int PlaceOf(int iteration) => (iteration - FirstDrawnIteration) / Thin;

    /// <summary>The iteration of a draw, by its place among those that are read.</summary>
    /// <param name="draw">The place, from 0.</param>
    public int IterationOf(int draw) => FirstMultipleAfter(WarmUp, Thin) + (draw * Thin);

    /// <summary>
    /// The rows of a block that are read. Its rows are the multiples of the kept thinning in (from, to]; those in (warm-up, iteration] that are
    /// multiples of <see cref="Thin"/> are read.
    /// </summary>
    internal BlockRows RowsOf(BlockView block)
    {
        var begin = Math.Max(FirstMultipleAfter(block.From, Thin), FirstDrawnIteration);
        var end = Math.Min(block.To, Iteration);
        var first = (begin - FirstMultipleAfter(block.From, journaledThin)) / journaledThin;
        return new BlockRows(first, begin > end ? 0 : ((end - begin) / Thin) + 1, Thin / journaledThin, begin);
    }

    private void Visit(BlockView block, RowsVisitor visitor)
    {
        var rows = RowsOf(block);
        var begin = rows.Count == 0 ? 0 : checked((block.Ensemble * State.Identity.Walkers * DrawsPerChain) + PlaceOf(rows.Iteration));
        if (rows is { Count: > 0, Step: 1 })
        {
            visitor(block, rows.First, rows.Count, begin);
            return;
        }

        for (var row = 0; row < rows.Count; row++)
        {
            visitor(block, rows.First + (row * rows.Step), 1, begin + row);
        }
    }

    private static int FirstMultipleAfter(int iteration, int step) => iteration < 0 ? 0 : ((iteration / step) + 1) * step;
}

/// <summary>The rows of a block that are read.</summary>
/// <param name="First">The first row.</param>
/// <param name="Count">Number of rows.</param>
/// <param name="Step">From one row to the next: more than 1 when fewer draws are read than were kept.</param>
/// <param name="Iteration">Iteration of the first row.</param>
internal readonly record struct BlockRows(int First, int Count, int Step, int Iteration);

/// <summary>Takes in rows of a block.</summary>
/// <param name="block">The block, gone after the call.</param>
/// <param name="firstRow">The first row to take in.</param>
/// <param name="rows">Number of successive rows to take in.</param>
/// <param name="begin">Where the first row of the block's first walker stands among all draws, chain after chain.</param>
internal delegate void RowsVisitor(BlockView block, int firstRow, int rows, int begin);
