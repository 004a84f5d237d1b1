using Calibrate.Inference.Ensembles;
using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Moves;
using Calibrate.Inference.Tests.Support;
using Calibrate.Numerics;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Moves;

/// <summary>
/// Every move leaves the target where it is: ensembles that start from exact draws have the target's moments at all later iterations. Each
/// ensemble gives one average per moment; they are independent, so their mean has Student's t distribution with 399 degrees of freedom.
/// |t| &lt; 5.9 for each of 7 moments, 7 moves and 2 targets: false alarm below 5e-7 for all together.
/// </summary>
public class StationarityTests
{
    private const int Ensembles = 400;
    private const int Walkers = 12;
    private const int Iterations = 30;
    private const double Threshold = 5.9;

    public static TheoryData<string> Moves => ["stretch", "de", "jump", "snooker", "walk", "subset", "kde"];

    [Theory]
    [MemberData(nameof(Moves))]
    public void CorrelatedGaussianStays(string move)
    {
        // L L' = [[1, 0.9, 0], [0.9, 1, 0], [0, 0, 4]]
        double second = Math.Sqrt(1 - 0.81);
        Check(
            move,
            3,
            x => -0.5 * ((x[0] * x[0]) + ((x[1] - (0.9 * x[0])) * (x[1] - (0.9 * x[0])) / 0.19) + (x[2] * x[2] / 4)),
            z => [z[0], (0.9 * z[0]) + (second * z[1]), 2 * z[2]],
            [
                (x => x[0], 0), (x => x[0] * x[0], 1), (x => x[0] * x[1], 0.9), (x => x[1] * x[1], 1), (x => x[2] * x[2], 4),
                (x => x[2] * x[2] * x[2] * x[2], 48), (x => x[0] * x[2], 0),
            ]);
    }

    /// <summary>x0 normal, x1 = x0^2 + normal / 2: a banana.</summary>
    [Theory]
    [MemberData(nameof(Moves))]
    public void BananaStays(string move) =>
        Check(
            move,
            2,
            x => (-0.5 * x[0] * x[0]) - (2 * (x[1] - (x[0] * x[0])) * (x[1] - (x[0] * x[0]))),
            z => [z[0], (z[0] * z[0]) + (0.5 * z[1])],
            [
                (x => x[0], 0), (x => x[0] * x[0], 1), (x => x[1], 1), (x => x[1] * x[1], 3.25), (x => x[0] * x[0] * x[1], 3),
                (x => x[0] * x[1], 0), (x => (x[1] - (x[0] * x[0])) * (x[1] - (x[0] * x[0])), 0.25),
            ]);

    private static void Check(
        string name, int dimension, Func<double[], double> logDensity, Func<double[], double[]> draw, (Func<double[], double> Function, double Expected)[] moments)
    {
        IEnsembleMove move = name switch
        {
            "stretch" => new StretchMove(),
            "de" => new DifferentialEvolutionMove(),
            "jump" => new DifferentialEvolutionMove(gamma: 1, sigma: 0.01),
            "snooker" => new SnookerMove(),
            "walk" => new WalkMove(),
            "subset" => new WalkMove(helpers: 3),
            _ => new KernelDensityMove(),
        };
        EnsembleMethod method = TestMethods.Ensemble(
            MoveMixture.Of(move), new UnboundedSpace(dimension), Walkers, recorded: 0, ensembles: Ensembles, initial: new ExactDraws(draw));
        double[] sums = new double[moments.Length];
        double[] squares = new double[moments.Length];
        long accepted = 0;
        for (int e = 0; e < Ensembles; e++)
        {
            Block block = Run(method, e, new FunctionLikelihood(dimension, logDensity));
            accepted += block.Accepted;
            for (int m = 0; m < moments.Length; m++)
            {
                double average = Average(block, moments[m].Function);
                sums[m] += average;
                squares[m] += average * average;
            }
        }

        Assert.InRange(accepted, Ensembles * Walkers * Iterations / 20, Ensembles * Walkers * Iterations);
        for (int m = 0; m < moments.Length; m++)
        {
            double mean = sums[m] / Ensembles;
            double error = Math.Sqrt(((squares[m] / Ensembles) - (mean * mean)) / (Ensembles - 1));
            Assert.True(Math.Abs(mean - moments[m].Expected) < Threshold * error, $"moment {m}: {mean} +- {error}, expected {moments[m].Expected}");
            Assert.True(error < 0.06 * (1 + moments[m].Expected), $"moment {m}: the error {error} is too large to see anything");
        }
    }

    private static Block Run(EnsembleMethod method, int index, FunctionLikelihood likelihood)
    {
        IEnsemble ensemble = method.Create(index);
        ensemble.Advance(likelihood, 0, AdvanceLimits.None);
        ensemble.DropBlock();
        ensemble.Advance(likelihood, Iterations, AdvanceLimits.None);
        Assert.Null(ensemble.Refusal);
        return ensemble.PeekBlock();
    }

    private static double Average(Block block, Func<double[], double> function)
    {
        double sum = 0;
        double[] point = new double[block.Dimension];
        for (int row = 0; row < block.Rows; row++)
        {
            for (int walker = 0; walker < block.Walkers; walker++)
            {
                for (int j = 0; j < point.Length; j++)
                {
                    point[j] = block.Positions[(((row * block.Dimension) + j) * block.Walkers) + walker];
                }

                sum += function(point);
            }
        }

        return sum / (block.Rows * block.Walkers);
    }

    private sealed class ExactDraws(Func<double[], double[]> draw) : IInitialPositions
    {
        public string Source => "the target";

        public string? Refusal => null;

        public bool TryDraw(int ensemble, int walker, int attempt, Span<double> position)
        {
            double[] normals = new double[position.Length];
            UniformDraws.Fill(PhiloxKey.FromSeed(99), walker, attempt, ensemble, RandomPurpose.InitialPosition, normals);
            draw([.. normals.Select(NormalQuantile.Of)]).CopyTo(position);
            return true;
        }
    }
}
