using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;

namespace Calibrate.Inference.Tests.Moves;

public class SampleCovarianceTests
{
    /// <summary>numpy.cov of the helpers: [[1.505, -0.545], [-0.545, 1.233]].</summary>
    [Fact]
    public void AgreesWithNumpy()
    {
        double[] mean = new double[2];
        double[] covariance = new double[4];
        SampleCovariance.Compute(Points.Columns(Points.Helpers), 2, 5, 2, mean, covariance);
        Points.AssertClose([0.7, 0.24], mean, 1e-15);
        Assert.Equal(3.01, covariance[0], 1e-14);
        Assert.Equal(-1.09, covariance[2], 1e-14);
        Assert.Equal(2.466, covariance[3], 1e-14);
    }

    [Fact]
    public void FactorMultipliesBack()
    {
        double[] matrix = [4, 0, 0, 2, 5, 0, -1, 0.5, 3];
        Assert.True(SampleCovariance.FactorInPlace(matrix, 3));
        Assert.Equal(2, matrix[0], 1e-15);
        Assert.Equal(2, (matrix[3] * matrix[0]), 1e-15);
        Assert.Equal(5, (matrix[3] * matrix[3]) + (matrix[4] * matrix[4]), 1e-14);
        Assert.Equal(-1, matrix[6] * matrix[0], 1e-15);
        Assert.Equal(0.5, (matrix[6] * matrix[3]) + (matrix[7] * matrix[4]), 1e-14);
        Assert.Equal(3, (matrix[6] * matrix[6]) + (matrix[7] * matrix[7]) + (matrix[8] * matrix[8]), 1e-14);
    }

    [Fact]
    public void SingularAndIndefiniteMatricesHaveNoFactor()
    {
        Assert.False(SampleCovariance.FactorInPlace([1, 0, 2, 4], 2));
        Assert.False(SampleCovariance.FactorInPlace([1, 0, 2, 1], 2));
        Assert.False(SampleCovariance.FactorInPlace([0], 1));
        Assert.False(SampleCovariance.FactorInPlace([double.NaN], 1));
    }
}
