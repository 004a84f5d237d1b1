using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Tests.Support;

namespace Calibrate.Inference.Tests.Initialisation;

public class PosteriorPointTests
{
    [Fact]
    public void AddsPriorAndLikelihood()
    {
        PosteriorPoint posterior = new(new CurvedSpace(2), new FunctionLikelihood(3, x => -x[2]));
        Assert.Equal(-1 - Math.Log(3) - 1.25, posterior.Evaluate([0, 0.25]), 1e-14);
        Assert.Equal(1, posterior.Evaluations);
    }

    [Fact]
    public void DoesNotEvaluateOutsideTheSupport()
    {
        PosteriorPoint posterior = new(new CurvedSpace(2), new FunctionLikelihood(3, _ => 0));
        Assert.Equal(double.NegativeInfinity, posterior.Evaluate([0, 2]));
        Assert.Equal(0, posterior.Evaluations);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void LikelihoodThatIsNoNumberIsTheWorst(double value) =>
        Assert.Equal(double.NegativeInfinity, new PosteriorPoint(new CurvedSpace(2), new FunctionLikelihood(3, _ => value)).Evaluate([0, 0]));
}
