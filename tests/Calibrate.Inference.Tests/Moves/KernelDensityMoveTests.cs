using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;

namespace Calibrate.Inference.Tests.Moves;

public class KernelDensityMoveTests
{
    private static readonly double[] Normals = [0.6, -1.1];

    /// <summary>scipy.stats.gaussian_kde: helper 2 plus the Cholesky factor of its covariance times the normals; logpdf(s) - logpdf(q).</summary>
    [Fact]
    public void KnownProposalWithScottsBandwidth()
    {
        (double[] proposal, double logFactor) = Points.Propose(new KernelDensityMove(), Points.Current, Points.Helpers, normals: Normals);
        Points.AssertClose([-0.23710874752511368, -0.15989402662686947], proposal, 1e-13);
        Assert.Equal(0.2982533664712754, logFactor, 1e-12);
    }

    [Fact]
    public void KnownProposalWithAGivenBandwidth()
    {
        (double[] proposal, double logFactor) = Points.Propose(new KernelDensityMove(0.4), Points.Current, Points.Helpers, normals: Normals);
        Points.AssertClose([-0.5055717404867528, 0.34560738480802866], proposal, 1e-13);
        Assert.Equal(-1.6950505256174955, logFactor, 1e-12);
    }

    [Fact]
    public void WordPicksTheCentre()
    {
        for (uint k = 0; k < 5; k++)
        {
            (double[] proposal, _) = Points.Propose(new KernelDensityMove(), Points.Current, Points.Helpers, normals: [0, 0], word: (k * (uint.MaxValue / 5)) + 5);
            Points.AssertClose(Points.Helpers[k], proposal, 0);
        }
    }

    /// <summary>Far away the densities underflow; their logarithms do not.</summary>
    [Fact]
    public void FactorIsFiniteFarAway()
    {
        (_, double logFactor) = Points.Propose(new KernelDensityMove(), [1e3, -1e3], Points.Helpers, normals: Normals);
        Assert.InRange(logFactor, -1e8, -1e5);
    }

    [Fact]
    public void HelpersInASubspaceProposeNothing()
    {
        double[][] line = [[0, 0], [1, 2], [2, 4], [5, 10]];
        (_, double logFactor) = Points.Propose(new KernelDensityMove(), [0.5, 1], line, normals: Normals);
        Assert.True(double.IsNaN(logFactor));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    public void RefusesABandwidthThatIsNotPositive(double bandwidth) => Assert.Throws<ArgumentOutOfRangeException>(() => new KernelDensityMove(bandwidth));
}
