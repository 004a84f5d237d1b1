using Calibrate.Numerics;

namespace Calibrate.Problems.Targets;

/// <summary>
/// Independent Gaussian errors whose size depends on parameters: an extra standard deviation in quadrature, a factor on all
/// variances, or both. A negative or zero variance gives negative infinity: such parameters explain nothing.
/// </summary>
internal sealed class VaryingGaussianTerm : TargetTerm
{
    public VaryingGaussianTerm(CompiledTarget target)
        : base(target)
    {
    }

    protected override void AddFrom(in TargetBatch batch, Span<double> totals)
    {
        for (int i = 0; i < totals.Length; i++)
        {
            double extra = Target.ExtraSigma.At(batch.Natural, batch.Count, i);
            double factor = Target.CovarianceScale.At(batch.Natural, batch.Count, i);
            double sum = 0;
            for (int k = 0; k < Target.Rows.Length; k++)
            {
                double variance = factor * (Target.Variances[k] + (extra * extra));
                if (variance <= 0)
                {
                    sum = double.NegativeInfinity;
                    break;
                }

                double residual = batch.Residual(Target.Rows[k], Target.Data[k], i);
                sum -= 0.5 * (Target.Weights?[k] ?? 1) * (LogTwoPi + Elementary.Log(variance) + (residual * residual / variance));
            }

            totals[i] += sum;
        }
    }
}
