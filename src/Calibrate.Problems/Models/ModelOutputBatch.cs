using Calibrate.Problems.Likelihoods;

namespace Calibrate.Problems.Models;

/// <summary>Where a batch model writes the outputs of many runs. Made once per slot and used again.</summary>
public sealed class ModelOutputBatch
{
    private readonly ModelSignature signature;
    private double[] values = [];
    private ModelFailed?[] failures = [];

    /// <summary>Creates a buffer for a model with this signature; <see cref="Reset(int)"/> gives it its size.</summary>
    /// <param name="signature">The model's signature.</param>
    public ModelOutputBatch(ModelSignature signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        this.signature = signature;
    }

    /// <summary>Number of points in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>The failure of each point; null where there is none.</summary>
    public ReadOnlySpan<ModelFailed?> Failures => failures.AsSpan(0, Count);

    /// <summary>All outputs: <c>Values[v * Count + i]</c> = value v of point i, v running over the outputs in order.</summary>
    public Span<double> Values => values.AsSpan(0, signature.OutputLength * Count);

    /// <summary>One output: <c>[k * Count + i]</c> = its value at axis position k for point i.</summary>
    /// <param name="output">Index into <see cref="ModelSignature.Outputs"/>.</param>
    public Span<double> this[int output] =>
        values.AsSpan(signature.OffsetOf(output) * Count, signature.Outputs[output].Length * Count);

    /// <summary>Sets the number of points, forgets failures and sets every value to NaN.</summary>
    /// <param name="count">Number of points.</param>
    public void Reset(int count)
    {
        Resize(count);
        Values.Fill(double.NaN);
    }

    /// <summary>Sets the number of points, forgets failures and sets only some values to NaN, for a caller that reads no others.</summary>
    internal void Reset(int count, ReadOnlySpan<int> rows)
    {
        Resize(count);
        foreach (int row in rows)
        {
            values.AsSpan(row * count, count).Fill(double.NaN);
        }
    }

    /// <summary>Marks one point as failed; the outputs of the others stand.</summary>
    /// <param name="point">Index of the point in the batch.</param>
    /// <param name="message">One line for the user.</param>
    /// <param name="kind">How the model failed.</param>
    public void Fail(int point, string message, ModelFailureKind kind = ModelFailureKind.Exception)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)point, (uint)Count);
        failures[point] ??= new ModelFailed(kind, message.ReplaceLineEndings(" "));
    }

    private void Resize(int count)
    {
        if (failures.Length < count)
        {
            failures = new ModelFailed?[count];
            values = new double[signature.OutputLength * count];
        }

        Count = count;
        failures.AsSpan(0, count).Clear();
    }
}
