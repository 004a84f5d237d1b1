using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Coordination;

/// <summary>The verdicts of a run: how many of each kind, and the last of them in full.</summary>
public sealed class VerdictTally
{
    /// <summary>Verdicts kept in full per run.</summary>
    public const int MaximumExamples = 16;

    private readonly SortedDictionary<(ResourceKind Kind, bool Rejected), long> counts = [];
    private readonly List<VerdictReached> examples = [];

    /// <summary>Verdicts by kind, and by whether they rejected the evaluation or paused the run.</summary>
    public IReadOnlyDictionary<(ResourceKind Kind, bool Rejected), long> Counts => counts;

    /// <summary>The last verdicts, oldest first.</summary>
    public IReadOnlyList<VerdictReached> Examples => examples;

    /// <summary>Verdicts that rejected an evaluation.</summary>
    public long Rejected => counts.Where(count => count.Key.Rejected).Sum(count => count.Value);

    /// <summary>Verdicts that paused the run.</summary>
    public long Paused => counts.Where(count => !count.Key.Rejected).Sum(count => count.Value);

    internal void Add(VerdictReached verdict)
    {
        Add(verdict.Kind, verdict.Rejected, 1);
        examples.Add(verdict);
        if (examples.Count > MaximumExamples)
        {
            examples.RemoveAt(0);
        }
    }

    internal void Add(ResourceKind kind, bool rejected, long count) =>
        counts[(kind, rejected)] = counts.GetValueOrDefault((kind, rejected)) + count;

    internal void Restore(IEnumerable<VerdictReached> inFull) => examples.AddRange(inFull);
}
