using Calibrate.Models.LogDensities;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Tests.LogDensities;

public class LogDensityTests
{
    public static TheoryData<string> Names => ["gaussian", "independent", "rosenbrock", "bimodal", "funnel"];

    [Theory]
    [MemberData(nameof(Names))]
    public void One_instance_serves_many_threads(string name)
    {
        ILogDensity density = Create(name);
        Assert.Equal(4, density.Dimension);
        double[] points = [.. Enumerable.Range(0, 4 * 100).Select(i => Math.Sin(i))];
        double[][] values = [.. Enumerable.Range(0, 8).Select(_ => new double[100])];
        Parallel.For(0, 8, thread => density.Evaluate(100, points, values[thread]));
        Assert.All(values, v => Bits.AssertSame(values[0], v));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_not_a_number_stays_so(string name)
    {
        for (int j = 0; j < 4; j++)
        {
            double[] point = [0.1, 0.2, 0.3, 0.4];
            point[j] = double.NaN;
            Assert.True(double.IsNaN(DensityProbe.At(Create(name), point)));
        }
    }

    private static ILogDensity Create(string name) => name switch
    {
        "gaussian" => LogDensity.Gaussian(
            new double[4], [[1, 0.5, 0.1, 0], [0.5, 1, 0.5, 0.1], [0.1, 0.5, 1, 0.5], [0, 0.1, 0.5, 1]]),
        "independent" => LogDensity.IndependentGaussian(new double[4], [1, 2, 3, 4]),
        "rosenbrock" => LogDensity.Rosenbrock(4),
        "bimodal" => LogDensity.Bimodal(4, 6),
        _ => LogDensity.Funnel(4),
    };
}
