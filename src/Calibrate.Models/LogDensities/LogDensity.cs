using Calibrate.Models.Lanes;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.LogDensities;

/// <summary>Densities with known answers, to try samplers on. All are immutable and safe to share between threads.</summary>
public static class LogDensity
{
    /// <summary>A normalised Gaussian of any covariance.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="covariance">Its rows: symmetric and positive definite.</param>
    /// <exception cref="ArgumentException">The sizes differ, or the matrix is not a covariance.</exception>
    public static ILogDensity Gaussian(IReadOnlyList<double> mean, IReadOnlyList<double[]> covariance) =>
        Gaussian(mean, covariance, LaneWidths.Widest);

    /// <summary>A normalised Gaussian of independent parameters.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviations">One positive number per parameter.</param>
    /// <exception cref="ArgumentException">The sizes differ, or a standard deviation is not positive.</exception>
    public static ILogDensity IndependentGaussian(IReadOnlyList<double> mean, IReadOnlyList<double> standardDeviations) =>
        IndependentGaussian(mean, standardDeviations, LaneWidths.Widest);

    /// <summary>Goodman and Weare's form of the Rosenbrock density, -(100 (x2 - x1^2)^2 + (1 - x1)^2) / 20 summed over pairs of
    /// parameters; without its constant, which is -ln(2 pi) per pair.</summary>
    /// <param name="dimension">An even number, at least 2.</param>
    /// <exception cref="ArgumentException">The dimension is odd or below 2.</exception>
    public static ILogDensity Rosenbrock(int dimension = 2) => Rosenbrock(dimension, LaneWidths.Widest);

    /// <summary>A normalised mixture of two unit Gaussians whose means differ in the first parameter only.</summary>
    /// <param name="dimension">At least 1.</param>
    /// <param name="separation">Distance between the modes along the first parameter, not negative.</param>
    /// <param name="weight">Share of the lower mode, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public static ILogDensity Bimodal(int dimension, double separation, double weight = 0.5) =>
        Bimodal(dimension, separation, weight, LaneWidths.Widest);

    /// <summary>Neal's funnel, normalised: a normal log variance, then normals of that variance and mean zero.</summary>
    /// <param name="dimension">Number of parameters, the log variance included: at least 2.</param>
    /// <param name="scale">Standard deviation of the log variance, positive.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public static ILogDensity Funnel(int dimension = 10, double scale = 3) => Funnel(dimension, scale, LaneWidths.Widest);

    internal static ILogDensity Gaussian(IReadOnlyList<double> mean, IReadOnlyList<double[]> covariance, LaneWidth width) =>
        new LaneDensity<GaussianKernel>(mean.Count, new GaussianKernel(mean, covariance), width);

    internal static ILogDensity IndependentGaussian(
        IReadOnlyList<double> mean, IReadOnlyList<double> standardDeviations, LaneWidth width) =>
        new LaneDensity<IndependentGaussianKernel>(mean.Count, new IndependentGaussianKernel(mean, standardDeviations), width);

    internal static ILogDensity Rosenbrock(int dimension, LaneWidth width) =>
        new LaneDensity<RosenbrockKernel>(dimension, new RosenbrockKernel(dimension), width);

    internal static ILogDensity Bimodal(int dimension, double separation, double weight, LaneWidth width) =>
        new LaneDensity<BimodalKernel>(dimension, new BimodalKernel(dimension, separation, weight), width);

    internal static ILogDensity Funnel(int dimension, double scale, LaneWidth width) =>
        new LaneDensity<FunnelKernel>(dimension, new FunnelKernel(dimension, scale), width);
}
