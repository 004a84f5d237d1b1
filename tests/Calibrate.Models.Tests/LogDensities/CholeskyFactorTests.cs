using Calibrate.Models.LogDensities;

namespace Calibrate.Models.Tests.LogDensities;

public class CholeskyFactorTests
{
    [Fact]
    public void The_inverse_whitens_the_covariance()
    {
        double[][] covariance = [[4, 2, 0.6], [2, 5, -1], [0.6, -1, 3]];
        CholeskyFactor factor = new(covariance);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++)
            {
                double whitened = 0;
                for (int k = 0; k < 3; k++)
                {
                    for (int l = 0; l < 3; l++)
                    {
                        whitened += factor.Inverse[i, k] * covariance[k][l] * factor.Inverse[j, l];
                    }
                }

                Assert.Equal(i == j ? 1 : 0, whitened, 1e-14);
                Assert.True(j <= i || factor.Inverse[i, j] == 0);
            }
        }
    }

    [Fact]
    public void Knows_the_determinant() =>
        Assert.Equal(Math.Log((4 * 9) - (2 * 2)), new CholeskyFactor([[4, 2], [2, 9]]).LogDeterminant, 1e-14);

    [Theory]
    [InlineData("not square", 1.0, 2.0, 3.0)]
    [InlineData("not symmetric", 1.0, 0.5, 0.4, 1.0)]
    [InlineData("not symmetric", 1.0, double.NaN, double.NaN, 1.0)]
    [InlineData("not positive definite", 1.0, 2.0, 2.0, 1.0)]
    [InlineData("not positive definite", 1.0, 1.0, 1.0, 1.0)]
    [InlineData("not positive definite", 0.0, 0.0, 0.0, 1.0)]
    public void Refuses_what_is_no_covariance(string reason, params double[] elements)
    {
        double[][] covariance = elements.Length == 4
            ? [elements[..2], elements[2..]]
            : [elements[..1], elements[1..]];
        ArgumentException error = Assert.Throws<ArgumentException>(() => new CholeskyFactor(covariance));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
