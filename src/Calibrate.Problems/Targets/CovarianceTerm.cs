using Calibrate.Numerics;
using Calibrate.Numerics.Distributions;

namespace Calibrate.Problems.Targets;

/// <summary>
/// Correlated Gaussian errors: -(n ln 2 pi + ln det C + r^T C^-1 r) / 2 with C = L L^T (Cholesky), r^T C^-1 r = |L^-1 r|^2.
/// A varying extra standard deviation s makes it C + s^2 I, factorised anew for every point (n^3 / 3 operations); a
/// factor f on all variances only adds n ln f and divides the square.
/// </summary>
internal sealed class CovarianceTerm : TargetTerm
{
    private readonly CholeskyFactor? factor;
    private readonly double[] residuals;
    private readonly double[] working;

    public CovarianceTerm(CompiledTarget target)
        : base(target)
    {
        int n = target.Rows.Length;
        residuals = new double[n];
        factor = target.ExtraSigma.IsConstant ? CholeskyFactor.Of(target.Covariance!, "covariance") : null;
        working = factor is null ? new double[n * n] : [];
    }

    protected override void AddFrom(in TargetBatch batch, Span<double> totals)
    {
        int n = residuals.Length;
        double weight = Target.Definition.Weight;
        for (int i = 0; i < totals.Length; i++)
        {
            for (int k = 0; k < n; k++)
            {
                residuals[k] = batch.Residual(Target.Rows[k], Target.Data[k], i);
            }

            double logDeterminant;
            if (factor is not null)
            {
                factor.Solve(residuals, residuals);
                logDeterminant = factor.LogDeterminant;
            }
            else
            {
                logDeterminant = SolveWithExtra(Target.ExtraSigma.At(batch.Natural, batch.Count, i));
            }

            double scale = Target.CovarianceScale.At(batch.Natural, batch.Count, i);
            double square = 0;
            foreach (double r in residuals)
            {
                square += r * r;
            }

            totals[i] += scale <= 0
                ? double.NegativeInfinity
                : -0.5 * weight * ((n * (LogTwoPi + Elementary.Log(scale))) + logDeterminant + (square / scale));
        }
    }

    // Cholesky-Banachiewicz of C + s^2 I and the forward substitution in one pass, row by row, into scratch memory.
    private double SolveWithExtra(double extra)
    {
        int n = residuals.Length;
        double[,] covariance = Target.Covariance!;
        double logDeterminant = 0;
        for (int i = 0; i < n; i++)
        {
            Span<double> row = working.AsSpan(i * n, n);
            double pivot = covariance[i, i] + (extra * extra);
            double solved = residuals[i];
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> above = working.AsSpan(j * n, n);
                double sum = covariance[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= row[k] * above[k];
                }

                row[j] = sum / above[j];
                pivot -= row[j] * row[j];
                solved -= row[j] * residuals[j];
            }

            row[i] = Math.Sqrt(pivot);
            residuals[i] = solved / row[i];
            logDeterminant += Elementary.Log(pivot);
        }

        return logDeterminant;
    }
}
