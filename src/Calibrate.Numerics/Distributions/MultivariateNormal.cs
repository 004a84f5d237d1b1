using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Distributions;

/// <summary>The normal distribution in several dimensions, with any positive definite covariance.</summary>
public sealed class MultivariateNormal
{
    // Up to this dimension a log density works on the stack.
    private const int StackLimit = 128;

    private readonly double[] mean;
    private readonly double[,] covariance;
    private readonly CholeskyFactor factor;
    private readonly double logNorm;

    /// <summary>Creates the distribution.</summary>
    /// <param name="mean">The mean, finite.</param>
    /// <param name="covariance">The covariance matrix, one row and column per element of the mean.</param>
    /// <exception cref="ArgumentException">
    /// The sizes differ, the mean is not finite, or the covariance is not symmetric and positive definite.
    /// </exception>
    public MultivariateNormal(ReadOnlySpan<double> mean, double[,] covariance)
    {
        this.mean = mean.ToArray();
        this.covariance = (double[,])covariance.Clone();
        foreach (double element in mean)
        {
            Argument.Finite("multivariate_normal", "mean", element);
        }

        factor = CholeskyFactor.Of(covariance, "multivariate_normal: covariance");
        if (factor.Dimension != mean.Length)
        {
            throw new ArgumentException(
                $"multivariate_normal: covariance must have one row per element of the mean, found {factor.Dimension} rows and {mean.Length} means",
                paramName: null);
        }

        logNorm = -(mean.Length * StandardNormal.LogRootTwoPi) - (0.5 * factor.LogDeterminant);
    }

    /// <summary>Number of elements of a point.</summary>
    public int Dimension => mean.Length;

    /// <summary>The mean.</summary>
    public ReadOnlySpan<double> Mean => mean;

    /// <summary>The lower triangular factor of the covariance.</summary>
    public CholeskyFactor Factor => factor;

    /// <summary>The covariance of elements <paramref name="row"/> and <paramref name="column"/>, counted from zero.</summary>
    public double Covariance(int row, int column) => covariance[row, column];

    /// <summary>Natural log of the normalised density at a point.</summary>
    /// <exception cref="ArgumentException">The point has another dimension.</exception>
    public double LogDensity(ReadOnlySpan<double> point)
    {
        RequireDimension(point.Length, nameof(point));
        Span<double> residual = point.Length <= StackLimit ? stackalloc double[point.Length] : new double[point.Length];
        for (int i = 0; i < point.Length; i++)
        {
            residual[i] = point[i] - mean[i];
        }

        // With L y = x - mean the quadratic form is y^T y.
        factor.Solve(residual, residual);
        double square = 0;
        foreach (double y in residual)
        {
            square += y * y;
        }

        return logNorm - (0.5 * square);
    }

    /// <summary>Turns independent standard normal numbers into a draw: mean + L z.</summary>
    /// <param name="normals">One standard normal number per dimension.</param>
    /// <param name="point">Receives the draw; must not overlap <paramref name="normals"/>.</param>
    /// <exception cref="ArgumentException">A span has another dimension.</exception>
    public void Sample(ReadOnlySpan<double> normals, Span<double> point)
    {
        RequireDimension(normals.Length, nameof(normals));
        RequireDimension(point.Length, nameof(point));
        factor.Multiply(normals, point);
        for (int i = 0; i < point.Length; i++)
        {
            point[i] += mean[i];
        }
    }

    private void RequireDimension(int found, string parameter)
    {
        if (found != mean.Length)
        {
            throw new ArgumentException($"multivariate_normal: expected {mean.Length} numbers, found {found}", parameter);
        }
    }
}
