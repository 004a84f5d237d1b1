namespace Calibrate.Numerics.Distributions;

/// <summary>The lower triangular L with L L^T = A for a symmetric positive definite matrix A.</summary>
/// <remarks>Cholesky-Banachiewicz, row by row; stored row-major without the zeros above the diagonal.</remarks>
public sealed class CholeskyFactor
{
    // Asymmetry beyond the rounding of a computed covariance is a mistake in the matrix.
    private const double SymmetryTolerance = 1e-10;

    private readonly double[] rows;

    private CholeskyFactor(int dimension, double[] rows)
    {
        Dimension = dimension;
        this.rows = rows;
        for (int i = 0; i < dimension; i++)
        {
            LogDeterminant += 2 * Elementary.Log(Row(i)[i]);
        }
    }

    /// <summary>Number of rows and columns.</summary>
    public int Dimension { get; }

    /// <summary>ln det A.</summary>
    public double LogDeterminant { get; }

    /// <summary>Factorises a matrix.</summary>
    /// <param name="matrix">Symmetric to 1e-10 of its diagonal; its lower triangle is used.</param>
    /// <param name="what">What the matrix is, to begin the messages with: "covariance".</param>
    /// <exception cref="ArgumentException">
    /// The matrix is empty, not square, not finite, not symmetric or not positive definite; the message says which and where.
    /// </exception>
    public static CholeskyFactor Of(double[,] matrix, string what = "matrix")
    {
        int dimension = matrix.GetLength(0);
        RequireSymmetric(matrix, what);
        var factor = new double[dimension * (dimension + 1) / 2];
        for (int i = 0; i < dimension; i++)
        {
            Span<double> row = factor.AsSpan(i * (i + 1) / 2, i + 1);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> above = factor.AsSpan(j * (j + 1) / 2, j + 1);
                row[j] = (matrix[i, j] - Dot(row[..j], above)) / above[j];
            }

            double pivot = matrix[i, i] - Dot(row[..i], row);

            // What rounding alone may leave of a singular matrix counts as zero.
            if (!(pivot > 0 && pivot > matrix[i, i] * dimension * 2.2e-16))
            {
                throw new ArgumentException(
                    $"{what} must be positive definite: row {i + 1} is a combination of the rows before it, or the variances are too small for the covariances (pivot {Argument.Number(pivot)})",
                    paramName: null);
            }

            row[i] = Math.Sqrt(pivot);
        }

        return new CholeskyFactor(dimension, factor);
    }

    /// <summary>Row <paramref name="index"/> of L up to its diagonal element.</summary>
    public ReadOnlySpan<double> Row(int index) => rows.AsSpan(index * (index + 1) / 2, index + 1);

    /// <summary>Solves L y = b; <paramref name="y"/> may be <paramref name="b"/>.</summary>
    public void Solve(ReadOnlySpan<double> b, Span<double> y)
    {
        for (int i = 0; i < Dimension; i++)
        {
            ReadOnlySpan<double> row = Row(i);
            y[i] = (b[i] - Dot(y[..i], row)) / row[i];
        }
    }

    /// <summary>Computes y = L b; the two must not overlap.</summary>
    public void Multiply(ReadOnlySpan<double> b, Span<double> y)
    {
        for (int i = 0; i < Dimension; i++)
        {
            y[i] = Dot(b[..(i + 1)], Row(i));
        }
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    private static void RequireSymmetric(double[,] matrix, string what)
    {
        int dimension = matrix.GetLength(0);
        if (dimension == 0 || dimension != matrix.GetLength(1))
        {
            throw new ArgumentException(
                $"{what} must be square, found {dimension} rows and {matrix.GetLength(1)} columns", paramName: null);
        }

        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double below = matrix[i, j];
                double above = matrix[j, i];
                if (!double.IsFinite(below) || !double.IsFinite(above))
                {
                    throw new ArgumentException(
                        $"{what} must be finite, found {Argument.Number(double.IsFinite(below) ? above : below)} at row {i + 1}, column {j + 1}",
                        paramName: null);
                }

                double size = Math.Sqrt(Math.Abs(matrix[i, i] * matrix[j, j]));
                if (Math.Abs(below - above) > SymmetryTolerance * size)
                {
                    throw new ArgumentException(
                        $"{what} must be symmetric, found {Argument.Number(below)} at row {i + 1}, column {j + 1} but {Argument.Number(above)} at row {j + 1}, column {i + 1}",
                        paramName: null);
                }
            }
        }
    }
}
