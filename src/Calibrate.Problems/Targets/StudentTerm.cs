using Calibrate.Numerics;
using Calibrate.Numerics.Distributions;

namespace Calibrate.Problems.Targets;

/// <summary>
/// Independent errors with Student's t distribution of nu degrees of freedom, for data with outliers:
/// ln c(nu) - ln sigma - (nu + 1) / 2 ln(1 + r^2 / (nu sigma^2)). Sigma is the scale, not the standard deviation.
/// </summary>
internal sealed class StudentTerm : TargetTerm
{
    private readonly double nu;
    private readonly double logPeak;

    public StudentTerm(CompiledTarget target, double nu)
        : base(target)
    {
        this.nu = nu;
        logPeak = new StudentT(nu, 0, 1).LogDensity(0);
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
                double tail = 0.5 * (nu + 1) * Elementary.Log(1 + (residual * residual / (nu * variance)));
                sum += (Target.Weights?[k] ?? 1) * (logPeak - (0.5 * Elementary.Log(variance)) - tail);
            }

            totals[i] += sum;
        }
    }
}
