using System.Text.Json;
using Calibrate.Numerics.Distributions;
using Calibrate.Numerics.Random;

namespace Calibrate.Numerics.Tests.Distributions;

public class MultivariateNormalTests
{
    [Fact]
    public void LogDensitiesAgreeWithScipy()
    {
        JsonElement reference = ReferenceCases.Scipy.GetProperty("multivariate_normal");
        MultivariateNormal normal = FromReference(reference);
        foreach (JsonElement point in reference.GetProperty("points").EnumerateArray())
        {
            Agree.Relatively(point.Double("log_pdf"), normal.LogDensity(Numbers(point.GetProperty("x"))), 1e-12, "log density");
        }
    }

    [Fact]
    public void OneDimensionIsTheNormalDistribution()
    {
        var multivariate = new MultivariateNormal([1.5], new[,] { { 0.49 } });
        Agree.Relatively(new Normal(1.5, 0.7).LogDensity(2), multivariate.LogDensity([2]), 1e-15, "log density");
    }

    [Fact]
    public void ManyDimensionsAreIndependentNormalsWhenTheCovarianceIsDiagonal()
    {
        const int Dimension = 200;
        var covariance = new double[Dimension, Dimension];
        var mean = new double[Dimension];
        var point = new double[Dimension];
        double expected = 0;
        for (int i = 0; i < Dimension; i++)
        {
            double sd = 0.1 + i;
            covariance[i, i] = sd * sd;
            mean[i] = i;
            point[i] = 2;
            expected += new Normal(i, sd).LogDensity(2);
        }

        Agree.Relatively(expected, new MultivariateNormal(mean, covariance).LogDensity(point), 1e-13, "log density");
    }

    [Fact]
    public void DrawsHaveTheMeanAndCovariance()
    {
        // 40,000 draws: every estimate lies within 6 standard errors, each false alarm below 2e-9.
        const int Count = 40_000;
        MultivariateNormal normal = FromReference(ReferenceCases.Scipy.GetProperty("multivariate_normal"));
        int dimension = normal.Dimension;
        PhiloxKey key = PhiloxKey.FromSeed(11);
        var sum = new double[dimension];
        var products = new double[dimension, dimension];
        var normals = new double[dimension];
        var draw = new double[dimension];
        for (int n = 0; n < Count; n++)
        {
            for (int i = 0; i < dimension; i++)
            {
                normals[i] = new Normal(0, 1).Sample(key, PhiloxCounter.Of(n, i, 0, RandomPurpose.RandomSearch));
            }

            normal.Sample(normals, draw);
            for (int i = 0; i < dimension; i++)
            {
                sum[i] += draw[i] - normal.Mean[i];
                for (int j = 0; j <= i; j++)
                {
                    products[i, j] += (draw[i] - normal.Mean[i]) * (draw[j] - normal.Mean[j]);
                }
            }
        }

        for (int i = 0; i < dimension; i++)
        {
            Assert.InRange(sum[i] / Count, -6 * Math.Sqrt(normal.Covariance(i, i) / Count), 6 * Math.Sqrt(normal.Covariance(i, i) / Count));
            for (int j = 0; j <= i; j++)
            {
                double spread = Math.Sqrt(((normal.Covariance(i, i) * normal.Covariance(j, j)) + Math.Pow(normal.Covariance(i, j), 2)) / Count);
                Agree.Relatively(normal.Covariance(i, j), products[i, j] / Count, 0, $"covariance {i} {j}", 6 * spread);
            }
        }
    }

    [Fact]
    public void WrongInputIsRefusedWithTheReason()
    {
        double[,] unit = { { 1, 0 }, { 0, 1 } };
        Refuses(() => new MultivariateNormal([0, 0, 0], unit), "multivariate_normal: covariance must have one row per element of the mean, found 2 rows and 3 means");
        Refuses(() => new MultivariateNormal([0, double.NaN], unit), "multivariate_normal: mean must be finite, found nan");
        Refuses(() => new MultivariateNormal([0, 0], new[,] { { 1.0, 2.0 }, { 2.0, 1.0 } }), "multivariate_normal: covariance must be positive definite: row 2");
        Refuses(() => new MultivariateNormal([0, 0], unit).LogDensity([1]), "multivariate_normal: expected 2 numbers, found 1");
    }

    [Fact]
    public void ChangingTheCallersArraysChangesNothing()
    {
        double[] mean = [0, 0];
        double[,] covariance = { { 1, 0.5 }, { 0.5, 1 } };
        var normal = new MultivariateNormal(mean, covariance);
        double before = normal.LogDensity([0.2, 0.3]);
        mean[0] = 9;
        covariance[0, 0] = 9;
        Assert.Equal((before, 1), (normal.LogDensity([0.2, 0.3]), normal.Covariance(0, 0)));
    }

    private static MultivariateNormal FromReference(JsonElement reference)
    {
        double[][] rows = [.. reference.GetProperty("covariance").EnumerateArray().Select(Numbers)];
        var covariance = new double[rows.Length, rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < rows.Length; j++)
            {
                covariance[i, j] = rows[i][j];
            }
        }

        return new MultivariateNormal(Numbers(reference.GetProperty("mean")), covariance);
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    private static void Refuses(Action create, string message) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(create).Message, StringComparison.Ordinal);
}
