using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Processes;

/// <summary>Where the answers to one request go: some points of a batch.</summary>
/// <param name="values">The batch's values, <c>values[v * count + i]</c> = value v of point i.</param>
/// <param name="failures">The batch's failures, one per point.</param>
/// <param name="count">Number of points in the batch.</param>
/// <param name="start">The first point of the request.</param>
/// <param name="size">Number of points of the request.</param>
internal readonly ref struct Answers(Span<double> values, Span<ModelFailed?> failures, int count, int start, int size)
{
    private readonly Span<double> values = values;
    private readonly Span<ModelFailed?> failures = failures;

    /// <summary>Number of points in the batch.</summary>
    public int Count { get; } = count;

    /// <summary>The first point of the request.</summary>
    public int Start { get; } = start;

    /// <summary>Number of points of the request.</summary>
    public int Size { get; } = size;

    /// <summary>Number of values per point.</summary>
    public int Length => values.Length / Count;

    /// <summary>Some of the same points.</summary>
    /// <param name="from">The first of them, counted from the start of this request.</param>
    /// <param name="length">How many.</param>
    public Answers Slice(int from, int length) => new(values, failures, Count, Start + from, length);

    /// <summary>Takes back what was given for a point of the request, whose answer was cut short.</summary>
    public void Forget(int point)
    {
        failures[Start + point] = null;
        for (int v = 0, at = Start + point; v < Length; v++, at += Count)
        {
            values[at] = double.NaN;
        }
    }

    /// <summary>Takes value <paramref name="v"/> of a point of the request.</summary>
    public void Set(int point, int v, double value) => values[(v * Count) + Start + point] = value;

    /// <summary>Takes all values of a point of the request.</summary>
    public void Set(int point, ReadOnlySpan<double> all)
    {
        if (Count == 1)
        {
            all.CopyTo(values);
            return;
        }

        for (int v = 0, at = Start + point; v < all.Length; v++, at += Count)
        {
            values[at] = all[v];
        }
    }

    /// <summary>Takes the failure of a point of the request.</summary>
    public void Fail(int point, ModelFailureKind kind, string message) => failures[Start + point] = new ModelFailed(kind, message);
}
