using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Tests.Support;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Initialisation;

public class BestFitTests
{
    /// <summary>
    /// ln p = -x0 - ((x0 - 1)^2 + (x1 - 0.5)^2) / 0.02 over natural x has its maximum at x0 = 1 - 0.01, x1 = 0.5.
    /// </summary>
    [Fact]
    public void FindsTheMaximumOfThePosterior()
    {
        BestFitPoint? best = BestFit.Find(new CurvedSpace(2), Likelihood(), 12);
        Assert.NotNull(best);
        Assert.Equal(Math.Log(0.99), best.Position[0], 0.01);
        Assert.Equal(0.5, best.Position[1], 0.01);
        Assert.Equal(-0.995 - Math.Log(3), best.LogPosterior, 1e-3);
        Assert.InRange(best.Evaluations, 40, 300);
    }

    [Fact]
    public void SameSeedFindsTheSamePoint()
    {
        double[] first = BestFit.Find(new CurvedSpace(2), Likelihood(), 12)!.Position;
        Assert.Equal(first, BestFit.Find(new CurvedSpace(2), Likelihood(), 12)!.Position);
        Assert.NotEqual(first, BestFit.Find(new CurvedSpace(2), Likelihood(), 13)!.Position);
    }

    [Fact]
    public void FindsNothingWhereThereIsNothing()
    {
        Assert.Null(BestFit.Find(new UnboundedSpace(2), new FunctionLikelihood(2, _ => 0), 1));
        Assert.Null(BestFit.Find(new CurvedSpace(2), new FunctionLikelihood(3, _ => double.NegativeInfinity), 1));
    }

    private static FunctionLikelihood Likelihood() =>
        new(3, x => -(((x[0] - 1) * (x[0] - 1)) + ((x[1] - 0.5) * (x[1] - 0.5))) / 0.02);
}
