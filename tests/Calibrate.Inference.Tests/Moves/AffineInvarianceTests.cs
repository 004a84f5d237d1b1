using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Moves;

/// <summary>
/// Goodman and Weare's point: the chain of an affinely transformed target is the transformed chain. With the same random numbers every step is
/// accepted in both or in neither, and the positions agree up to rounding. DE doubles rounding errors every few iterations, so the chain is short.
/// Snooker is not invariant, for it measures lengths; KDE is in distribution, not step by step (its normals go through a Cholesky factor).
/// </summary>
public class AffineInvarianceTests
{
    private const int Iterations = 15;
    private static readonly double[] Offset = [100, -3];

    [Theory]
    [InlineData("stretch")]
    [InlineData("de")]
    [InlineData("walk")]
    public void TransformedTargetGivesTheTransformedChain(string name)
    {
        Block plain = Run(name, x => LogDensity(x[0], x[1]), x => [.. x]);
        Block transformed = Run(
            name,
            y =>
            {
                (double a, double b) = Inverse(y[0], y[1]);
                return LogDensity(a, b);
            },
            x => [.. Transform(x[0], x[1])]);
        Assert.Equal(plain.AcceptedByWalker, transformed.AcceptedByWalker);
        for (int row = 0; row <= Iterations; row++)
        {
            for (int walker = 0; walker < plain.Walkers; walker++)
            {
                int first = (row * 2 * plain.Walkers) + walker;
                double[] expected = Transform(plain.Positions[first], plain.Positions[first + plain.Walkers]);
                Assert.Equal(expected[0], transformed.Positions[first], 1e-7);
                Assert.Equal(expected[1], transformed.Positions[first + plain.Walkers], 1e-7);
            }
        }
    }

    private static double LogDensity(double x, double y) => (-0.5 * x * x) - (2 * (y - (x * x)) * (y - (x * x)));

    private static double[] Transform(double x, double y) => [(50 * x) + (20 * y) + Offset[0], (-0.3 * x) + (0.1 * y) + Offset[1]];

    private static (double X, double Y) Inverse(double first, double second)
    {
        // the determinant of [[50, 20], [-0.3, 0.1]] is 11
        (double a, double b) = (first - Offset[0], second - Offset[1]);
        return (((0.1 * a) - (20 * b)) / 11, ((0.3 * a) + (50 * b)) / 11);
    }

    private static Block Run(string name, Func<double[], double> logDensity, Func<double[], double[]> transform)
    {
        IEnsembleMove move = name switch
        {
            "stretch" => new StretchMove(),
            "de" => new DifferentialEvolutionMove(),
            _ => new WalkMove(),
        };
        double[][] rows = [.. Enumerable.Range(0, 16).Select(w => transform([Math.Sin(w * 1.7), Math.Cos(w * 2.9) + 1]))];
        IEnsemble ensemble = TestMethods.Ensemble(
            MoveMixture.Of(move), new UnboundedSpace(2), rows.Length, recorded: 0, ensembles: 1, initial: new RowPositions(rows, 1, rows.Length, TestMethods.Key)).Create(0);
        ensemble.Advance(new FunctionLikelihood(2, logDensity), Iterations, AdvanceLimits.None);
        Assert.Null(ensemble.Refusal);
        Assert.True(ensemble.PeekBlock().Accepted > 20);
        return ensemble.PeekBlock();
    }
}
