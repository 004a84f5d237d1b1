namespace Calibrate.Inference.Moves;

/// <summary>Sample covariance of a few points and its Cholesky factor, in memory of the caller, row-major.</summary>
internal static class SampleCovariance
{
    /// <summary>The sample covariance (divisor n - 1) times <paramref name="scale"/>; only the lower triangle is written.</summary>
    internal static void Compute(ReadOnlySpan<double> points, int dimension, int count, double scale, Span<double> mean, Span<double> covariance)
    {
        for (int j = 0; j < dimension; j++)
        {
            double sum = 0;
            foreach (double value in points.Slice(j * count, count))
            {
                sum += value;
            }

            mean[j] = sum / count;
        }

        for (int j = 0; j < dimension; j++)
        {
            ReadOnlySpan<double> rowJ = points.Slice(j * count, count);
            for (int k = 0; k <= j; k++)
            {
                ReadOnlySpan<double> rowK = points.Slice(k * count, count);
                double sum = 0;
                for (int i = 0; i < count; i++)
                {
                    sum += (rowJ[i] - mean[j]) * (rowK[i] - mean[k]);
                }

                covariance[(j * dimension) + k] = sum / (count - 1) * scale;
            }
        }
    }

    /// <summary>Replaces the lower triangle by the Cholesky factor L, covariance = L L'.</summary>
    /// <returns>False if the covariance is not positive definite to working precision.</returns>
    internal static bool FactorInPlace(Span<double> matrix, int dimension)
    {
        // a pivot that lost all but its last few bits to cancellation is rounding noise, not a variance
        const double Noise = 1e-14;
        for (int j = 0; j < dimension; j++)
        {
            double diagonal = matrix[(j * dimension) + j];
            double pivot = diagonal;
            for (int k = 0; k < j; k++)
            {
                pivot -= matrix[(j * dimension) + k] * matrix[(j * dimension) + k];
            }

            if (!(pivot > Noise * diagonal))
            {
                return false;
            }

            double root = Math.Sqrt(pivot);
            matrix[(j * dimension) + j] = root;
            for (int i = j + 1; i < dimension; i++)
            {
                double sum = matrix[(i * dimension) + j];
                for (int k = 0; k < j; k++)
                {
                    sum -= matrix[(i * dimension) + k] * matrix[(j * dimension) + k];
                }

                matrix[(i * dimension) + j] = sum / root;
            }
        }

        return true;
    }
}
