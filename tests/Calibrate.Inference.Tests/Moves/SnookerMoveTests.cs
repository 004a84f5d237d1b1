using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;

namespace Calibrate.Inference.Tests.Moves;

public class SnookerMoveTests
{
    /// <summary>numpy: u = (s - z) / |s - z|; q = s + 1.7 u (u.z1 - u.z2); (d - 1) ln(|q - z| / |s - z|).</summary>
    [Fact]
    public void KnownProposalInTwoDimensions()
    {
        (double[] proposal, double logFactor) = Points.Propose(new SnookerMove(), Points.Current, Points.Helpers[..3]);
        Points.AssertClose([0.7826519337016574, 0.5496132596685082], proposal);
        Assert.Equal(0.18783121260492414, logFactor, 1e-14);
    }

    [Fact]
    public void KnownProposalInThreeDimensions()
    {
        double[][] helpers = [[0.3, -1.2, 0.5], [1.7, 0.4, -0.1], [-0.8, 0.9, 2.0]];
        (double[] proposal, double logFactor) = Points.Propose(new SnookerMove(), [0.7, 0.25, -0.4], helpers);
        Points.AssertClose([1.1791537835638728, 1.9869324654190395, -1.4780960130187144], proposal);
        Assert.Equal(1.5749905762693037, logFactor, 1e-13);
    }

    /// <summary>From the proposal the exchanged pair leads back along the same line, with the inverse factor.</summary>
    [Fact]
    public void ExchangedPairLeadsBackWithTheInverseFactor()
    {
        SnookerMove move = new(1.3);
        (double[] there, double factor) = Points.Propose(move, Points.Current, Points.Helpers[..3]);
        (double[] back, double factorBack) = Points.Propose(move, there, [Points.Helpers[0], Points.Helpers[2], Points.Helpers[1]]);
        Points.AssertClose(Points.Current, back);
        Assert.Equal(-factor, factorBack, 1e-14);
    }

    [Fact]
    public void WalkerOnItsHelperProposesNothing()
    {
        (_, double logFactor) = Points.Propose(new SnookerMove(), Points.Helpers[0], Points.Helpers[..3]);
        Assert.True(double.IsNaN(logFactor));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    public void RefusesAFactorThatIsNotPositive(double gamma) => Assert.Throws<ArgumentOutOfRangeException>(() => new SnookerMove(gamma));
}
