using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;

namespace Calibrate.Inference.Tests.Moves;

public class WalkMoveTests
{
    private static readonly double[] Normals = [0.5, -1.25, 0.75, 2.0, -0.3];

    /// <summary>numpy: s + sum Z_j (c_j - mean) / sqrt(4).</summary>
    [Fact]
    public void KnownProposal()
    {
        (double[] proposal, double logFactor) = Points.Propose(new WalkMove(), Points.Current, Points.Helpers, normals: Normals);
        Points.AssertClose([1.0025, -0.9065], proposal, 1e-15);
        Assert.Equal(0, logFactor);
    }

    [Fact]
    public void NegatedNormalsLeadBack()
    {
        (double[] there, _) = Points.Propose(new WalkMove(), Points.Current, Points.Helpers, normals: Normals);
        (double[] back, _) = Points.Propose(new WalkMove(), there, Points.Helpers, normals: [.. Normals.Select(z => -z)]);
        Points.AssertClose(Points.Current, back, 1e-15);
    }

    /// <summary>Unit vectors of normals give the columns whose sum of squares is the covariance with divisor n - 1 (numpy's cov).</summary>
    [Fact]
    public void StepsHaveTheSampleCovarianceOfTheHelpers()
    {
        double[,] covariance = new double[2, 2];
        for (int k = 0; k < 5; k++)
        {
            double[] unit = new double[5];
            unit[k] = 1;
            (double[] step, _) = Points.Propose(new WalkMove(), [0, 0], Points.Helpers, normals: unit);
            covariance[0, 0] += step[0] * step[0];
            covariance[0, 1] += step[0] * step[1];
            covariance[1, 1] += step[1] * step[1];
        }

        Assert.Equal(1.505, covariance[0, 0], 1e-14);
        Assert.Equal(-0.545, covariance[0, 1], 1e-14);
        Assert.Equal(1.233, covariance[1, 1], 1e-14);
    }

    [Fact]
    public void SubsetIsDrawnWithoutReplacement()
    {
        WalkMove move = new(helpers: 4);
        Assert.False(move.ReadsWholeComplement(9));
        int[] helpers = new int[4];
        move.SelectHelpers([0, 0, uint.MaxValue, 0], 9, helpers);
        Assert.Equal([0, 1, 8, 2], helpers);
    }

    [Fact]
    public void SubsetOfEverybodyIsTheWholeComplement()
    {
        WalkMove move = new(helpers: 4);
        Assert.True(move.ReadsWholeComplement(4));
        int[] helpers = new int[4];
        move.SelectHelpers([9, 9, 9, 9], 4, helpers);
        Assert.Equal([0, 1, 2, 3], helpers);
    }

    [Fact]
    public void RefusesASingleHelper() => Assert.Throws<ArgumentOutOfRangeException>(() => new WalkMove(1));
}
