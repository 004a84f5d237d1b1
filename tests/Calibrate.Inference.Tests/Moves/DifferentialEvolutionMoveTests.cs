using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;

namespace Calibrate.Inference.Tests.Moves;

public class DifferentialEvolutionMoveTests
{
    /// <summary>numpy: s + 2.38 / 2 (1 + 1e-5 norm.ppf(0.83)) (c0 - c1).</summary>
    [Fact]
    public void KnownProposal()
    {
        (double[] proposal, double logFactor) = Points.Propose(new DifferentialEvolutionMove(), Points.Current, Points.Helpers[..2], 0.83);
        Points.AssertClose([-0.9660158963931171, -1.6540181673064198], proposal, 1e-13);
        Assert.Equal(0, logFactor);
    }

    [Fact]
    public void KnownProposalWithAFactorOfOneAndMuchNoise()
    {
        (double[] proposal, _) = Points.Propose(new DifferentialEvolutionMove(1, 0.1), Points.Current, Points.Helpers[..2], 0.83);
        Points.AssertClose([-0.8335831354404672, -1.5026664405033914], proposal, 1e-13);
    }

    /// <summary>Symmetric: with the helpers exchanged the same step leads back.</summary>
    [Fact]
    public void ExchangedHelpersLeadBack()
    {
        DifferentialEvolutionMove move = new();
        (double[] there, _) = Points.Propose(move, Points.Current, Points.Helpers[..2], 0.1);
        (double[] back, _) = Points.Propose(move, there, [Points.Helpers[1], Points.Helpers[0]], 0.1);
        Points.AssertClose(Points.Current, back);
    }

    [Fact]
    public void FactorFollowsTheDimension() => Assert.Equal(2.38 / Math.Sqrt(20), new DifferentialEvolutionMove().Gamma(10), 1e-15);

    [Theory]
    [InlineData(0.0, 1e-5)]
    [InlineData(double.NaN, 1e-5)]
    [InlineData(1.0, -1.0)]
    [InlineData(1.0, double.NaN)]
    public void RefusesSettingsOutOfRange(double gamma, double sigma) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DifferentialEvolutionMove(gamma, sigma));
}
