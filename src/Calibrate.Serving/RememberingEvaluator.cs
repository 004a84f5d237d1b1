using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Serving;

/// <summary>
/// Remembers the latest outcomes by the bits of their parameters, and joins requests for a point that is being evaluated. Verdicts that depend on
/// the machine are not remembered. The least recently used goes first.
/// </summary>
public sealed class RememberingEvaluator : IEvaluator
{
    private readonly IEvaluator inner;
    private readonly int capacity;
    private readonly Dictionary<Key, LinkedListNode<Entry>> known = [];
    private readonly LinkedList<Entry> byUse = new();
    private readonly Lock gate = new();

    /// <summary>Wraps an evaluator.</summary>
    /// <param name="inner">Evaluates what is not known; disposed of with this.</param>
    /// <param name="capacity">Outcomes that are remembered, at least 1.</param>
    public RememberingEvaluator(IEvaluator inner, int capacity)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        this.inner = inner;
        this.capacity = capacity;
    }

    /// <inheritdoc/>
    public async Task<EvaluationOutcome> EvaluateAsync(double[] natural)
    {
        ArgumentNullException.ThrowIfNull(natural);
        var key = new Key(natural);
        Task<EvaluationOutcome> task;
        lock (gate)
        {
            task = TryFind(key, out var found) ? found : Add(key, natural);
        }

        try
        {
            var outcome = await task;
            if (outcome is not (Evaluated or ModelFailed))
            {
                Forget(key, task);
            }

            return outcome;
        }
        catch
        {
            Forget(key, task);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private bool TryFind(Key key, [NotNullWhen(true)] out Task<EvaluationOutcome>? task)
    {
        if (!known.TryGetValue(key, out var node))
        {
            task = null;
            return false;
        }

        byUse.Remove(node);
        byUse.AddFirst(node);
        task = node.Value.Task;
        return true;
    }

    private Task<EvaluationOutcome> Add(Key key, double[] natural)
    {
        var task = inner.EvaluateAsync(natural);
        known[key] = byUse.AddFirst(new Entry(key, task));
        if (byUse.Count > capacity)
        {
            known.Remove(byUse.Last!.Value.Key);
            byUse.RemoveLast();
        }

        return task;
    }

    private void Forget(Key key, Task<EvaluationOutcome> task)
    {
        lock (gate)
        {
            if (known.TryGetValue(key, out var node) && node.Value.Task == task)
            {
                known.Remove(key);
                byUse.Remove(node);
            }
        }
    }

    private sealed record Entry(Key Key, Task<EvaluationOutcome> Task);

    // Bits, not numbers: a model may tell 0 from -0.
    private readonly struct Key(double[] point) : IEquatable<Key>
    {
        private readonly double[] point = point;

        public bool Equals(Key other) => Bits(point).SequenceEqual(Bits(other.point));

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.AddBytes(MemoryMarshal.AsBytes(Bits(point)));
            return hash.ToHashCode();
        }

        private static ReadOnlySpan<long> Bits(double[] point) => MemoryMarshal.Cast<double, long>(point);
    }
}
