using Calibrate.Inference.Moves;

namespace Calibrate.Inference.Tests.Moves;

public class StretchFormulasTests
{
    [Theory]
    [InlineData(0.0, 2.0, 0.5)]
    [InlineData(1.0, 2.0, 2.0)]
    [InlineData(0.5, 2.0, 1.125)]
    [InlineData(0.0, 4.0, 0.25)]
    [InlineData(1.0, 4.0, 4.0)]
    public void FactorRunsFromTheInverseScaleToTheScale(double uniform, double scale, double expected) =>
        Assert.Equal(expected, StretchFormulas.Factor(uniform, scale));

    [Fact]
    public void FactorHasTheDensityOneOverItsSquareRoot()
    {
        // P(z <= t) = (sqrt(a t) - 1) / (a - 1)
        const double scale = 2.5;
        for (double uniform = 0.01; uniform < 1; uniform += 0.01)
        {
            double z = StretchFormulas.Factor(uniform, scale);
            Assert.Equal(uniform, (Math.Sqrt(scale * z) - 1) / (scale - 1), 12);
        }
    }

    [Fact]
    public void ProposalLiesOnTheLineThroughHelperAndWalker()
    {
        Assert.Equal(3.0, StretchFormulas.Proposal(1.0, 3.0, 1.0));
        Assert.Equal(2.0, StretchFormulas.Proposal(1.0, 3.0, 0.5));
        Assert.Equal(5.0, StretchFormulas.Proposal(1.0, 3.0, 2.0));
    }

    [Fact]
    public void LogFactorVanishesInOneDimension()
    {
        Assert.Equal(0.0, StretchFormulas.LogFactor(1, 1.7));
        Assert.Equal(4 * Math.Log(1.7), StretchFormulas.LogFactor(5, 1.7), 14);
    }

    [Theory]
    [InlineData(0.0, -1.0, -1.0, -1e-300, true)]
    [InlineData(0.0, -1.0, -1.0, 0.0, false)]
    [InlineData(0.0, double.NegativeInfinity, -1.0, -1e300, false)]
    [InlineData(0.0, -1.0, double.NegativeInfinity, -1.0, true)]
    [InlineData(0.0, double.NegativeInfinity, double.NegativeInfinity, -1.0, false)]
    [InlineData(0.0, double.NaN, -1.0, -1.0, false)]
    [InlineData(double.NaN, -1.0, -1.0, -1.0, false)]
    public void AcceptanceNeverTrustsAnUndefinedRatio(double logFactor, double proposed, double current, double logUniform, bool expected) =>
        Assert.Equal(expected, StretchFormulas.Accepts(logFactor, proposed, current, logUniform));
}
