using Calibrate.Models.LogDensities;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Tests.LogDensities;

public class LaneDensityTests
{
    [Fact]
    public void Takes_larger_buffers_than_it_needs()
    {
        double[] values = [9, 9, 9];
        LogDensity.IndependentGaussian([0], [1]).Evaluate(2, [0, 0, 5, 5], values);
        Assert.Equal(values[0], values[1]);
        Assert.Equal(9, values[2]);
    }

    [Fact]
    public void Takes_an_empty_batch() => LogDensity.Rosenbrock().Evaluate(0, [], []);

    [Fact]
    public void Refuses_buffers_that_are_too_small()
    {
        ILogDensity density = LogDensity.Rosenbrock();
        Assert.Throws<ArgumentOutOfRangeException>(() => density.Evaluate(2, new double[3], new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => density.Evaluate(2, new double[4], new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => density.Evaluate(-1, new double[4], new double[1]));
    }
}
