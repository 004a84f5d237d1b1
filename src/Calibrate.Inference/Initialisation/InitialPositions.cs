using Calibrate.Numerics.Random;
using Calibrate.Problems;
using Calibrate.Problems.Methods;

namespace Calibrate.Inference.Initialisation;

/// <summary>Turns what a problem says about its start into initial positions.</summary>
internal static class InitialPositions
{
    internal static IInitialPositions Of(Problem problem, EnsembleSpecification specification, int walkers, ulong seed, double[]? bestFit)
    {
        PhiloxKey key = PhiloxKey.FromSeed(seed);
        return specification.Initial switch
        {
            InitialFromPrior => new PriorPositions(problem.Space, key),
            InitialBall ball => Ball(problem, ball, key),
            InitialFromFile file => File(problem, file, specification.Ensembles, walkers, key),
            InitialBestFit fit => AroundBestFit(problem, fit.Radius, key, bestFit ?? BestFit.Find(problem.Space, problem.Likelihood.Create(), seed)?.Position),
            _ => throw new ArgumentException($"There is no start '{specification.Initial.GetType().Name}'.", nameof(specification)),
        };
    }

    private static IInitialPositions Ball(Problem problem, InitialBall ball, PhiloxKey key)
    {
        int dimension = problem.Space.Dimension;
        double[] center = new double[dimension];
        double[] radii = new double[dimension];
        if (problem.Space.CanSamplePrior)
        {
            double[] halves = new double[dimension];
            Array.Fill(halves, 0.5);
            problem.Space.SamplePrior(halves, center);
        }
        else if (problem.SampledNames.FirstOrDefault(name => !ball.Center.ContainsKey(name)) is { } missing)
        {
            return new NoPositions($"The ball has no centre for '{missing}', and its prior has no median. Give the centre of every parameter.");
        }

        double[] given = new double[dimension];
        double[] sampled = new double[dimension];
        for (int j = 0; j < dimension; j++)
        {
            given[j] = ball.Center.GetValueOrDefault(problem.SampledNames[j], double.NaN);
            radii[j] = ball.Radii.GetValueOrDefault(problem.SampledNames[j], ball.Radius);
        }

        problem.Space.ToSampled(given, sampled);
        for (int j = 0; j < dimension; j++)
        {
            if (ball.Center.ContainsKey(problem.SampledNames[j]))
            {
                center[j] = sampled[j];
                if (!double.IsFinite(sampled[j]))
                {
                    return new NoPositions($"The ball's centre of '{problem.SampledNames[j]}' lies outside the parameter's range. Move it inside.");
                }
            }
        }

        return new BallPositions(center, radii, key);
    }

    private static IInitialPositions File(Problem problem, InitialFromFile file, int ensembles, int walkers, PhiloxKey key)
    {
        double[][] rows = new double[file.Points.Count][];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = new double[problem.Space.Dimension];
            problem.Space.ToSampled(file.Points[row], rows[row]);
        }

        return new RowPositions(rows, ensembles, walkers, key);
    }

    private static IInitialPositions AroundBestFit(Problem problem, double radius, PhiloxKey key, double[]? position)
    {
        if (position is null)
        {
            return new NoPositions(problem.Space.CanSamplePrior
                ? "The search for a best fit to start from found no point with a finite posterior. Check that the model works where the prior allows it, or start from a ball."
                : RefusalTexts.PriorCannotBeSearched());
        }

        double[] radii = new double[position.Length];
        Array.Fill(radii, radius);
        return new BallPositions(position, radii, key);
    }
}
