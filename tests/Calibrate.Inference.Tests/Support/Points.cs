using Calibrate.Inference.Moves;

namespace Calibrate.Inference.Tests.Support;

/// <summary>Points for tests of single moves.</summary>
internal static class Points
{
    /// <summary>Helpers whose walk, DE, snooker and KDE proposals were computed with numpy 1.24 and scipy 1.10.</summary>
    public static readonly double[][] Helpers = [[0.3, -1.2], [1.7, 0.4], [-0.8, 0.9], [2.2, -0.5], [0.1, 1.6]];

    public static readonly double[] Current = [0.7, 0.25];

    /// <summary>Points as a structure of arrays.</summary>
    public static double[] Columns(params double[][] points)
    {
        double[] columns = new double[points.Length * points[0].Length];
        for (int i = 0; i < points.Length; i++)
        {
            for (int j = 0; j < points[0].Length; j++)
            {
                columns[(j * points.Length) + i] = points[i][j];
            }
        }

        return columns;
    }

    public static (double[] Proposal, double LogFactor) Propose(
        IEnsembleMove move, double[] current, double[][] helpers, double uniform = 0.5, double[]? normals = null, uint word = 1u << 31)
    {
        double[] proposal = new double[current.Length];
        double logFactor = move.Propose(new ProposalVariates(uniform, word, normals ?? []), current, Columns(helpers), new MoveWorkspace(), proposal);
        return (proposal, logFactor);
    }

    public static void AssertClose(double[] expected, double[] actual, double tolerance = 1e-14)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int j = 0; j < expected.Length; j++)
        {
            Assert.Equal(expected[j], actual[j], tolerance);
        }
    }
}
