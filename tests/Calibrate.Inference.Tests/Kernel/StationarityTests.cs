using Calibrate.Inference.Kernel;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Kernel;

/// <summary>
/// The kernel leaves a correlated Gaussian invariant. Averages over 200 consecutive stretches of 500 iterations, each far longer than
/// the autocorrelation time (about 40), are nearly independent and nearly normal: their own scatter gives the error of the
/// total average, and |z| stays below 6 except with probability below 1e-6 for all nine moments together (t with 199 degrees of freedom:
/// 1e-8 each).
/// </summary>
public class StationarityTests
{
    private const int Stretches = 200;
    private const int StretchLength = 500;
    private const int Walkers = 32;

    [Fact]
    public void MeanAndCovarianceOfAGaussianAreReproduced()
    {
        // precision [[2, 0.6, 0], [0.6, 1, -0.3], [0, -0.3, 1.5]]: its inverse by cofactors, determinant 2.28
        double[][] precision = [[2.0, 0.6, 0.0], [0.6, 1.0, -0.3], [0.0, -0.3, 1.5]];
        double[] covariance = [1.41 / 2.28, -0.9 / 2.28, -0.18 / 2.28, 3.0 / 2.28, 0.6 / 2.28, 1.64 / 2.28];
        StretchSettings settings = new(PhiloxKey.FromSeed(77), 0, Walkers, new UnboundedSpace(3));
        KernelRun run = new(settings, new LogDensityLikelihood(new QuadraticDensity(precision)));
        StretchKernel kernel = new(settings);
        run.Advance(kernel, 2000);
        double[][] averages = new double[Stretches][];
        for (int stretch = 0; stretch < Stretches; stretch++)
        {
            averages[stretch] = Moments(run.Advance(kernel, StretchLength).Positions);
        }

        double[] expected = [0, 0, 0, .. covariance];
        for (int moment = 0; moment < expected.Length; moment++)
        {
            double[] values = [.. averages.Select(average => average[moment])];
            double mean = values.Average();
            double error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (Stretches * (Stretches - 1.0)));
            Assert.True(Math.Abs(mean - expected[moment]) < 6 * error, $"moment {moment}: {mean} against {expected[moment]} +- {error}");
            Assert.True(error < 0.02, $"moment {moment} has an error of {error}: too noisy to say anything");
        }
    }

    /// <summary>Means, then second moments 11, 12, 13, 22, 23, 33.</summary>
    private static double[] Moments(double[] rows)
    {
        double[] sums = new double[9];
        for (int row = 0; row < StretchLength; row++)
        {
            for (int walker = 0; walker < Walkers; walker++)
            {
                int first = (row * 3 * Walkers) + walker;
                ReadOnlySpan<double> x = [rows[first], rows[first + Walkers], rows[first + (2 * Walkers)]];
                int moment = 3;
                for (int j = 0; j < 3; j++)
                {
                    sums[j] += x[j];
                    for (int k = j; k < 3; k++)
                    {
                        sums[moment++] += x[j] * x[k];
                    }
                }
            }
        }

        return [.. sums.Select(sum => sum / (StretchLength * Walkers))];
    }
}
