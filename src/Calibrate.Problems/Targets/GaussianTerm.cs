using System.Numerics;
using Calibrate.Numerics;

namespace Calibrate.Problems.Targets;

/// <summary>
/// Independent Gaussian errors of known size: sum over k of w_k (-ln(2 pi v_k) / 2 - r_k^2 / (2 v_k)), with everything
/// that does not depend on the model computed once.
/// </summary>
internal sealed class GaussianTerm : TargetTerm
{
    private readonly double constant;
    private readonly double[] precisions;
    private double[] sums = [];

    public GaussianTerm(CompiledTarget target)
        : base(target)
    {
        precisions = new double[target.Data.Length];
        for (int k = 0; k < precisions.Length; k++)
        {
            double weight = target.Weights?[k] ?? 1;
            precisions[k] = weight / target.Variances[k];
            constant -= 0.5 * weight * (LogTwoPi + Elementary.Log(target.Variances[k]));
        }
    }

    protected override void AddFrom(in TargetBatch batch, Span<double> totals)
    {
        if (sums.Length < batch.Count)
        {
            sums = new double[batch.Count];
        }

        Span<double> squares = sums.AsSpan(0, batch.Count);
        squares.Clear();
        for (int k = 0; k < precisions.Length; k++)
        {
            AddSquares(batch, Target.Rows[k], Target.Data[k], precisions[k], squares);
        }

        for (int i = 0; i < totals.Length; i++)
        {
            totals[i] += constant - (0.5 * squares[i]);
        }
    }

    // The vector part and the remainder do the same roundings, so a point's value does not depend on its place in a batch.
    private static void AddSquares(in TargetBatch batch, int row, double datum, double precision, Span<double> squares)
    {
        ReadOnlySpan<double> model = batch.Outputs.Slice(row * batch.Count, batch.Count);
        int i = 0;
        Vector<double> data = new(datum);
        for (; i <= model.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> anomaly = new Vector<double>(model[i..]) - new Vector<double>(batch.References[i..]);
            Vector<double> residual = (new Vector<double>(batch.Scales[i..]) * anomaly) - data;
            (new Vector<double>(squares[i..]) + (residual * residual * precision)).CopyTo(squares[i..]);
        }

        for (; i < model.Length; i++)
        {
            double residual = (batch.Scales[i] * (model[i] - batch.References[i])) - datum;
            squares[i] += residual * residual * precision;
        }
    }
}
