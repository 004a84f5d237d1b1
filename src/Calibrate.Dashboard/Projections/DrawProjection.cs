using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Dashboard.Projections;

/// <summary>The draws of one run as they are watched: each look reads some of the blocks that came since the last one, and of those it left out before.</summary>
internal sealed class DrawProjection
{
    /// <summary>Most quantities that are watched: the first of the problem's.</summary>
    public const int MostQuantities = 24;

    /// <summary>Bytes of blocks that the first look reads: a tenth of a second from a disk, enough for a first picture; later looks fill it in.</summary>
    public const long FirstBytes = 32 << 20;

    /// <summary>Bytes of blocks that every later look reads.</summary>
    public const long LaterBytes = 8 << 20;

    // Small blocks cost their look-up rather than their bytes.
    private const int FirstBlocks = 4096;
    private const int LaterBlocks = 512;

    private readonly Problem problem;
    private readonly BlockReader reader;
    private readonly BlockChoice choice;
    private readonly DrawSegments segments;
    private bool hasLooked;

    /// <summary>Prepares to watch.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="run">The run.</param>
    /// <param name="identity">What it is.</param>
    /// <param name="problem">The problem it was started with.</param>
    /// <exception cref="RunException">The problem is not the run's.</exception>
    public DrawProjection(IJournal journal, RunId run, RunIdentity identity, Problem problem)
    {
        this.problem = problem;
        Names = [.. problem.ReportedNames.Take(MostQuantities - 1), RunReader.LogPosterior];
        reader = new BlockReader(journal, run, problem, identity, Names);
        choice = new BlockChoice(identity.Ensembles);
        segments = new DrawSegments(identity.Ensembles, identity.Walkers, Names.Count);
    }

    /// <summary>The quantities that are watched.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What is kept of the draws.</summary>
    public DrawSegments Segments => segments;

    /// <summary>Reads some of what is new.</summary>
    /// <returns>Whether anything was read.</returns>
    public async Task<bool> LookAsync(CancellationToken cancellationToken)
    {
        var known = choice.Last;
        choice.Offer(await reader.FindAsync(known + 1, cancellationToken));
        var chosen = choice.Next(hasLooked ? LaterBytes : FirstBytes, hasLooked ? LaterBlocks : FirstBlocks, segments.HasRoom ? 0 : known);
        hasLooked = true;
        await foreach (var block in reader.ReadAsync(chosen, cancellationToken))
        {
            foreach (var segment in DrawSegment.Of(block, segments.RowsPerStretch))
            {
                segments.Add(segment);
            }
        }

        return chosen.Count > 0;
    }

    /// <summary>Iterations that are left out of every estimate, when the result reaches an iteration.</summary>
    public int WarmUpAt(int iteration) => RunReader.WarmUpOf(problem.Method as EnsembleSpecification, iteration);
}
