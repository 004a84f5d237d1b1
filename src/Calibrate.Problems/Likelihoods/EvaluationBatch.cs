namespace Calibrate.Problems.Likelihoods;

/// <summary>
/// The results of a batch of evaluations. A buffer made once and used again: it grows, never shrinks, and allocates
/// only when it grows.
/// </summary>
public sealed class EvaluationBatch
{
    private double[] logLikelihoods = [];
    private double[] recorded = [];
    private ModelFailed?[] failures = [];

    /// <summary>Number of points in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>Number of recorded values per point.</summary>
    public int RecordedCount { get; private set; }

    /// <summary>Number of points that failed.</summary>
    public int FailureCount { get; private set; }

    /// <summary>Log likelihood of each point; negative infinity for a failed one.</summary>
    public Span<double> LogLikelihoods => logLikelihoods.AsSpan(0, Count);

    /// <summary>Recorded outputs, <c>Recorded[k * Count + i]</c> = value k of point i; NaN for a failed point.</summary>
    public Span<double> Recorded => recorded.AsSpan(0, Count * RecordedCount);

    /// <summary>The failure of each point; null where there is none.</summary>
    public ReadOnlySpan<ModelFailed?> Failures => failures.AsSpan(0, Count);

    /// <summary>
    /// Sets the size of the batch and forgets all failures; the numbers are left as they were. A likelihood calls this
    /// at the start of its <see cref="ILikelihood.Evaluate"/>.
    /// </summary>
    /// <param name="count">Number of points.</param>
    /// <param name="recordedCount">Number of recorded values per point.</param>
    public void EnsureCapacity(int count, int recordedCount)
    {
        Clear();
        if (logLikelihoods.Length < count)
        {
            logLikelihoods = new double[count];
            failures = new ModelFailed?[count];
        }

        if (recorded.Length < count * recordedCount)
        {
            recorded = new double[count * recordedCount];
        }

        Count = count;
        RecordedCount = recordedCount;
    }

    /// <summary>Marks a point as failed: its log likelihood becomes negative infinity, its recorded values NaN.</summary>
    /// <param name="point">Index of the point in the batch.</param>
    /// <param name="failure">What happened. The first failure of a point stays.</param>
    public void Fail(int point, ModelFailed failure)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)point, (uint)Count);
        if (failures[point] is null)
        {
            failures[point] = failure;
            FailureCount++;
        }

        logLikelihoods[point] = double.NegativeInfinity;
        for (int k = 0; k < RecordedCount; k++)
        {
            recorded[(k * Count) + point] = double.NaN;
        }
    }

    /// <summary>Empties the batch; its memory stays.</summary>
    public void Clear()
    {
        if (FailureCount > 0)
        {
            failures.AsSpan(0, Count).Clear();
            FailureCount = 0;
        }

        Count = 0;
        RecordedCount = 0;
    }

    /// <summary>The result of one point as an outcome of its own.</summary>
    /// <param name="point">Index of the point in the batch.</param>
    public EvaluationOutcome OutcomeOf(int point)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)point, (uint)Count);
        if (failures[point] is { } failure)
        {
            return failure;
        }

        double[] values = RecordedCount == 0 ? [] : new double[RecordedCount];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = recorded[(k * Count) + point];
        }

        return new Evaluated(logLikelihoods[point], values);
    }
}
