using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public class CholeskyFactorTests
{
    // L = [[2], [1, 3], [-1, 0.5, 4]].
    private static readonly double[,] Matrix = { { 4, 2, -2 }, { 2, 10, 0.5 }, { -2, 0.5, 17.25 } };

    [Fact]
    public void TheRowsOfAKnownFactorAreFound()
    {
        CholeskyFactor factor = CholeskyFactor.Of(Matrix);
        Assert.Equal([2.0], factor.Row(0).ToArray());
        Assert.Equal([1.0, 3.0], factor.Row(1).ToArray());
        Assert.Equal([-1.0, 0.5, 4.0], factor.Row(2).ToArray());
        Agree.Relatively(Math.Log(24 * 24), factor.LogDeterminant, 1e-15, "log determinant");
    }

    [Fact]
    public void SolvingUndoesMultiplying()
    {
        CholeskyFactor factor = CholeskyFactor.Of(Matrix);
        double[] b = [0.3, -2, 7];
        var y = new double[3];
        factor.Multiply(b, y);
        Assert.Equal([0.6, -5.7, 26.7], y.Select(value => Math.Round(value, 12)));
        factor.Solve(y, y);
        Assert.Equal(b, y.Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void WhatIsNotACovarianceIsRefusedWithTheReason()
    {
        Refuses(new double[,] { { 1, 0, 0 }, { 0, 1, 0 } }, "covariance must be square, found 2 rows and 3 columns");
        Refuses(new double[0, 0], "covariance must be square, found 0 rows and 0 columns");
        Refuses(new[,] { { 1, 0.5 }, { 0.4, 1 } }, "covariance must be symmetric, found 0.4 at row 2, column 1 but 0.5 at row 1, column 2");
        Refuses(new[,] { { 1, double.NaN }, { double.NaN, 1 } }, "covariance must be finite, found nan at row 2, column 1");
        Refuses(new[,] { { 1.0, 2.0 }, { 2.0, 1.0 } }, "covariance must be positive definite: row 2 is a combination");
        Refuses(new[,] { { 1.0, 1.0 }, { 1.0, 1.0 } }, "covariance must be positive definite: row 2 is a combination");
        Refuses(new[,] { { 0.1, 0.1, 0.2 }, { 0.1, 0.3, 0.4 }, { 0.2, 0.4, 0.6 } }, "covariance must be positive definite: row 3 is a combination");
        // of rank two; rounding leaves its last pivot at 4e-16
        Refuses(
            new[,] { { 4.61, -1.07, 1.67 }, { -1.07, 3.65, -2.81 }, { 1.67, -2.81, 2.33 } },
            "covariance must be positive definite: row 3 is a combination");
        Refuses(new[,] { { -1.0 } }, "covariance must be positive definite: row 1 is a combination");
    }

    private static void Refuses(double[,] matrix, string message) =>
        Assert.StartsWith(
            message, Assert.Throws<ArgumentException>(() => CholeskyFactor.Of(matrix, "covariance")).Message, StringComparison.Ordinal);
}
