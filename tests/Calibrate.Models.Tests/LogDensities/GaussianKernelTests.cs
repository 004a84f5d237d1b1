using Calibrate.Models.LogDensities;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Tests.LogDensities;

public class GaussianKernelTests
{
    [Fact]
    public void Has_the_closed_form_of_two_correlated_parameters()
    {
        const double Rho = 0.9;
        ILogDensity density = LogDensity.Gaussian([1, -2], [[4, Rho * 6], [Rho * 6, 9]]);
        foreach ((double x, double y) in ((double, double)[])[(1, -2), (0, 0), (3.5, -7.25), (100, 5)])
        {
            double u = (x - 1) / 2;
            double v = (y + 2) / 3;
            double expected = -(((u * u) - (2 * Rho * u * v) + (v * v)) / (2 * (1 - (Rho * Rho))))
                - Math.Log(2 * Math.PI * 6 * Math.Sqrt(1 - (Rho * Rho)));
            Assert.Equal(expected, DensityProbe.At(density, x, y), 1e-11 * Math.Max(1, Math.Abs(expected)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(13)]
    public void Has_the_closed_form_of_equal_correlations(int dimension)
    {
        // S = (1 - r) I + r 1 1^T: S^-1 by Sherman and Morrison, det S = (1 - r)^(d-1) (1 + (d - 1) r)
        const double R = 0.7;
        double[][] covariance = [.. Enumerable.Range(0, dimension).Select(i =>
            Enumerable.Range(0, dimension).Select(j => i == j ? 1 : R).ToArray())];
        double[] mean = [.. Enumerable.Range(0, dimension).Select(j => j - 0.5)];
        double[] point = [.. Enumerable.Range(0, dimension).Select(j => Math.Sin(j + 1))];
        double[] deviation = [.. point.Zip(mean, (p, m) => p - m)];
        double grown = 1 + ((dimension - 1) * R);
        double form = (deviation.Sum(z => z * z) - (R * Math.Pow(deviation.Sum(), 2) / grown)) / (1 - R);
        double determinant = ((dimension - 1) * Math.Log(1 - R)) + Math.Log(grown);
        double expected = -0.5 * (form + determinant + (dimension * Math.Log(2 * Math.PI)));
        Assert.Equal(expected, DensityProbe.At(LogDensity.Gaussian(mean, covariance), point), 1e-11 * Math.Abs(expected));
    }

    [Fact]
    public void Keeps_its_digits_far_from_the_origin() => Assert.Equal(
        -0.5 - Math.Log(2 * Math.PI),
        DensityProbe.At(LogDensity.Gaussian([1e9, 0], [[1, 0], [0, 1]]), 1e9 + 1, 0),
        1e-14);

    [Fact]
    public void Integrates_to_one() => Assert.Equal(
        1, DensityProbe.Integrate(LogDensity.Gaussian([1, 0], [[1, -0.8], [-0.8, 2]]), (-9, 11), (-14, 14), 200), 1e-12);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(11)]
    public void Has_the_same_bits_in_every_form(int dimension)
    {
        double[][] covariance = [.. Enumerable.Range(0, dimension).Select(i =>
            Enumerable.Range(0, dimension).Select(j => Math.Exp(-Math.Abs(i - j) / 3.0)).ToArray())];
        DensityProbe.CheckBits(width => LogDensity.Gaussian(new double[dimension], covariance, width));
        DensityProbe.CheckAllocation(LogDensity.Gaussian(new double[dimension], covariance));
    }

    [Fact]
    public void Refuses_sizes_that_do_not_fit()
    {
        Assert.Throws<ArgumentException>(() => LogDensity.Gaussian([0], [[1, 0], [0, 1]]));
        Assert.Throws<ArgumentException>(() => LogDensity.Gaussian([], []));
    }
}
