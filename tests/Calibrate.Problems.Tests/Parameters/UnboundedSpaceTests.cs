using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Tests.Parameters;

public class UnboundedSpaceTests
{
    [Fact]
    public void It_changes_nothing()
    {
        IParameterSpace space = new UnboundedSpace(2);
        double[] natural = new double[6];
        double[] logPriors = [1, 1, 1];
        double[] logJacobians = [1, 1, 1];
        space.Evaluate(3, [1, 2, 3, 4, 5, 6], natural, logPriors, logJacobians);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], natural);
        Assert.Equal([0.0, 0, 0], logPriors);
        Assert.Equal([0.0, 0, 0], logJacobians);
        Assert.True(space.IsIdentity);
        double[] sampled = new double[2];
        space.ToSampled([7, 8], sampled);
        Assert.Equal([7.0, 8], sampled);
        Assert.Throws<InvalidOperationException>(() => space.SamplePrior([0.5, 0.5], sampled));
        Assert.Throws<ArgumentOutOfRangeException>(() => new UnboundedSpace(0));
    }
}
