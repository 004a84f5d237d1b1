using Calibrate.Inference;

namespace Calibrate.Runtime.Coordination;

/// <summary>The failed evaluations of a run: how many of each kind, and the first of them in full.</summary>
public sealed class FailureTally
{
    /// <summary>Failures kept in full per run.</summary>
    public const int MaximumExamples = 16;

    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
    private readonly List<FailureExample> examples = [];

    /// <summary>Failures by kind, ordered by the kind's name.</summary>
    public IReadOnlyDictionary<string, long> Counts => counts;

    /// <summary>The first failures that were journaled.</summary>
    public IReadOnlyList<FailureExample> Examples => examples;

    /// <summary>All failures together.</summary>
    public long Total => counts.Values.Sum();

    internal void Add(IEnumerable<KeyValuePair<string, long>> byKind, IEnumerable<FailureExample> inFull)
    {
        foreach (var (kind, count) in byKind)
        {
            counts[kind] = counts.GetValueOrDefault(kind) + count;
        }

        examples.AddRange(inFull.Take(MaximumExamples - examples.Count));
    }
}
