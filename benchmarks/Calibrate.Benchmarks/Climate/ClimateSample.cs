using Calibrate.Models;
using Calibrate.Numerics;
using Calibrate.Numerics.Random;
using Calibrate.Problems;
using Calibrate.Problems.Files;

namespace Calibrate.Benchmarks.Climate;

/// <summary>The climate problem of <c>samples/climate/two-layer.yaml</c>, as users run it.</summary>
internal static class ClimateSample
{
    /// <summary>About the posterior's mean and standard deviations, in the order of the sampled parameters.</summary>
    private static readonly (double Mean, double Sd)[] Posterior = [(1.71, 0.1), (0.66, 0.07), (9.2, 1.1), (0.56, 0.06)];

    /// <summary>Loads the sample of the repository that the benchmark was built in.</summary>
    public static Problem Load() =>
        ProblemFile.Load(Path.Combine(RepositoryRoot(), "samples", "climate", "two-layer.yaml"), new BuiltInModels());

    /// <summary>Natural parameters of points like those a converged sampler proposes, as structures of arrays.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="batches">Number of batches.</param>
    /// <param name="count">Points per batch.</param>
    public static double[][] Points(Problem problem, int batches, int count)
    {
        double[][] points = new double[batches][];
        double[] sampled = new double[problem.Space.Dimension * count];
        for (int batch = 0; batch < batches; batch++)
        {
            for (int j = 0; j < Posterior.Length; j++)
            {
                for (int i = 0; i < count; i++)
                {
                    double u = Philox.Block(PhiloxKey.FromSeed(1), PhiloxCounter.Of(i, batch, 0, RandomPurpose.InitialBall, j)).Uniform01;
                    sampled[(j * count) + i] = Posterior[j].Mean + (Posterior[j].Sd * NormalQuantile.Of(u));
                }
            }

            points[batch] = new double[problem.Space.NaturalDimension * count];
            problem.Space.Evaluate(count, sampled, points[batch], new double[count], new double[count]);
        }

        return points;
    }

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Calibrate.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The benchmark runs inside a checkout of the repository.");
    }
}
