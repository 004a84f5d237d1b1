namespace Calibrate.Models.LogDensities;

/// <summary>
/// The Cholesky factor of a covariance, S = L L^T, and the inverse of L, which turns deviations into independent standard
/// normals. Method: Golub and Van Loan, "Matrix Computations", 4th edition, section 4.2 (and 3.1 for the inverse).
/// </summary>
internal sealed class CholeskyFactor
{
    /// <summary>Factors a covariance matrix.</summary>
    /// <param name="covariance">Its rows.</param>
    /// <exception cref="ArgumentException">It is not square, symmetric, finite and positive definite.</exception>
    public CholeskyFactor(IReadOnlyList<double[]> covariance)
    {
        RequireSymmetric(covariance);
        int n = covariance.Count;
        double[,] lower = new double[n, n];
        for (int j = 0; j < n; j++)
        {
            for (int i = j; i < n; i++)
            {
                double sum = covariance[i][j];
                for (int k = 0; k < j; k++)
                {
                    sum -= lower[i, k] * lower[j, k];
                }

                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }

            if (!(lower[j, j] > 0) || !double.IsFinite(lower[j, j]))
            {
                throw new ArgumentException(
                    $"The covariance is not positive definite: parameter {j + 1} is determined by the ones before it.", nameof(covariance));
            }

            LogDeterminant += 2 * Math.Log(lower[j, j]);
        }

        Inverse = Invert(lower);
    }

    /// <summary>Natural log of the covariance's determinant.</summary>
    public double LogDeterminant { get; }

    /// <summary>The inverse of L: lower triangular.</summary>
    public double[,] Inverse { get; }

    private static double[,] Invert(double[,] lower)
    {
        int n = lower.GetLength(0);
        double[,] result = new double[n, n];
        for (int c = 0; c < n; c++)
        {
            result[c, c] = 1 / lower[c, c];
            for (int r = c + 1; r < n; r++)
            {
                double sum = 0;
                for (int k = c; k < r; k++)
                {
                    sum -= lower[r, k] * result[k, c];
                }

                result[r, c] = sum / lower[r, r];
            }
        }

        return result;
    }

    private static void RequireSymmetric(IReadOnlyList<double[]> covariance)
    {
        for (int i = 0; i < covariance.Count; i++)
        {
            if (covariance[i].Length != covariance.Count)
            {
                throw new ArgumentException(
                    $"The covariance is not square: row {i + 1} has {covariance[i].Length} numbers, not {covariance.Count}.", nameof(covariance));
            }

            for (int j = 0; j <= i; j++)
            {
                double tolerance = 1e-10 * Math.Sqrt(Math.Abs(covariance[i][i] * covariance[j][j]));
                if (!(Math.Abs(covariance[i][j] - covariance[j][i]) <= tolerance))
                {
                    throw new ArgumentException(
                        $"The covariance is not symmetric: element ({i + 1}, {j + 1}) differs from ({j + 1}, {i + 1}).", nameof(covariance));
                }
            }
        }
    }
}
