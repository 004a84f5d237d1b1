namespace Calibrate.Inference.Tests.Support;

/// <summary>Blocks of one ensemble put together again: what must not depend on who evaluated what when, nor on where the cuts are.</summary>
internal sealed class BlockSequence
{
    private readonly List<double> positions = [];
    private readonly List<double> logPosteriors = [];
    private readonly List<double> recorded = [];
    private readonly List<ulong> digests = [];
    private readonly List<FailureExample> failures = [];
    private readonly SortedDictionary<string, long> failureCounts = new(StringComparer.Ordinal);
    private long[]? acceptedByWalker;
    private long walkerSteps;
    private long accepted;
    private long evaluations;
    private int rows;

    public int To { get; private set; } = -1;

    public long Evaluations => evaluations;

    /// <summary>Cuts the ensemble if it has a block.</summary>
    public void Cut(IEnsemble ensemble)
    {
        if (ensemble.HasBlock)
        {
            Add(ensemble.PeekBlock());
            ensemble.DropBlock();
        }
    }

    public void Add(Block block)
    {
        Assert.Equal(To, block.From);
        To = block.To;
        positions.AddRange(block.Positions);
        logPosteriors.AddRange(block.LogPosteriors);
        recorded.AddRange(block.Recorded);
        digests.AddRange(block.Digests);
        failures.AddRange(block.Failures);
        foreach ((string kind, long count) in block.FailuresByKind)
        {
            failureCounts[kind] = failureCounts.GetValueOrDefault(kind) + count;
        }

        acceptedByWalker ??= new long[block.Walkers];
        for (int w = 0; w < block.Walkers; w++)
        {
            acceptedByWalker[w] += block.AcceptedByWalker[w];
        }

        walkerSteps += block.WalkerSteps;
        accepted += block.Accepted;
        evaluations += block.Evaluations;
        rows += block.Rows;
    }

    public static void AssertEqual(BlockSequence expected, BlockSequence actual)
    {
        Assert.Equal(expected.To, actual.To);
        Assert.Equal(expected.rows, actual.rows);
        Assert.Equal(expected.digests, actual.digests);
        Assert.Equal(Bits(expected.positions), Bits(actual.positions));
        Assert.Equal(Bits(expected.logPosteriors), Bits(actual.logPosteriors));
        Assert.Equal(Bits(expected.recorded), Bits(actual.recorded));
        Assert.Equal(expected.walkerSteps, actual.walkerSteps);
        Assert.Equal(expected.accepted, actual.accepted);
        Assert.Equal(expected.acceptedByWalker, actual.acceptedByWalker);
        Assert.Equal(expected.evaluations, actual.evaluations);
        Assert.Equal(expected.failureCounts, actual.failureCounts);

        // every block keeps its own first failures: where the cuts differ only the common beginning is the same
        int common = Math.Min(Block.MaximumFailureExamples, Math.Min(expected.failures.Count, actual.failures.Count));
        Assert.Equal(Texts(expected.failures, common), Texts(actual.failures, common));
    }

    private static IEnumerable<long> Bits(List<double> values) => values.Select(BitConverter.DoubleToInt64Bits);

    private static IEnumerable<string> Texts(List<FailureExample> failures, int count) =>
        failures.Take(count).Select(f => $"{f.Id} {f.Kind} {f.Message} {string.Join(' ', f.Parameters)}");
}
