using System.Numerics;

namespace Calibrate.Problems.Targets;

/// <summary>
/// One target's share of the log likelihood, over batches. Owns its scratch memory, so one instance serves one slot.
/// </summary>
/// <remarks>Every operation is elementwise over points and in the same order for any batch size: same bits in any batch.</remarks>
internal abstract class TargetTerm
{
    /// <summary>ln(2 pi).</summary>
    protected static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    private double[] reference = [];
    private double[] scale = [];

    protected TargetTerm(CompiledTarget target) => Target = target;

    public CompiledTarget Target { get; }

    /// <summary>The term for a target.</summary>
    public static TargetTerm Of(CompiledTarget target)
    {
        if (target.Covariance is not null)
        {
            return new CovarianceTerm(target);
        }

        if (target.Definition.StudentNu is { } nu)
        {
            return new StudentTerm(target, nu);
        }

        return target.HasVaryingVariance ? new VaryingGaussianTerm(target) : new GaussianTerm(target);
    }

    /// <summary>Adds the target's log likelihood to each point's total.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="outputs">All output values of the model, <c>outputs[v * count + i]</c>.</param>
    /// <param name="natural">Natural parameters, <c>natural[j * count + i]</c>.</param>
    /// <param name="totals">One total per point.</param>
    public void Add(int count, ReadOnlySpan<double> outputs, ReadOnlySpan<double> natural, Span<double> totals)
    {
        if (reference.Length < count)
        {
            reference = new double[count];
            scale = new double[count];
        }

        Span<double> references = reference.AsSpan(0, count);
        Span<double> scales = scale.AsSpan(0, count);
        MeanOverReference(count, outputs, references);
        for (int i = 0; i < count; i++)
        {
            scales[i] = Target.Scale.At(natural, count, i);
        }

        AddFrom(new TargetBatch(count, outputs, natural, references, scales), totals[..count]);
    }

    protected abstract void AddFrom(in TargetBatch batch, Span<double> totals);

    private void MeanOverReference(int count, ReadOnlySpan<double> outputs, Span<double> references)
    {
        references.Clear();
        foreach (int row in Target.ReferenceRows)
        {
            ReadOnlySpan<double> values = outputs.Slice(row * count, count);
            int i = 0;
            for (; i <= count - Vector<double>.Count; i += Vector<double>.Count)
            {
                (new Vector<double>(references[i..]) + new Vector<double>(values[i..])).CopyTo(references[i..]);
            }

            for (; i < count; i++)
            {
                references[i] += values[i];
            }
        }

        for (int i = 0; Target.ReferenceRows.Length > 0 && i < count; i++)
        {
            references[i] /= Target.ReferenceRows.Length;
        }
    }
}

/// <summary>What a term sees of a batch of model runs.</summary>
internal readonly ref struct TargetBatch(
    int count,
    ReadOnlySpan<double> outputs,
    ReadOnlySpan<double> natural,
    ReadOnlySpan<double> references,
    ReadOnlySpan<double> scales)
{
    public readonly int Count = count;
    public readonly ReadOnlySpan<double> Outputs = outputs;
    public readonly ReadOnlySpan<double> Natural = natural;
    public readonly ReadOnlySpan<double> References = references;
    public readonly ReadOnlySpan<double> Scales = scales;

    /// <summary>The residual of one point against one datum.</summary>
    public double Residual(int row, double datum, int point) =>
        (Scales[point] * (Outputs[(row * Count) + point] - References[point])) - datum;
}
