using Calibrate.Numerics.Random;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Initialisation;

/// <summary>
/// A quick deterministic search for a point of high posterior density to start a ball from: the best of some draws from the prior, improved by
/// the simplex method of Nelder and Mead. A good start, not an optimiser: it finds the top of the hill that its best draw stands on.
/// </summary>
public static class BestFit
{
    /// <summary>Draws from the prior per dimension: enough to land on the right hill of most problems.</summary>
    private const int DrawsPerDimension = 20;

    /// <summary>Evaluations of the simplex search per dimension.</summary>
    private const int EvaluationsPerDimension = 200;

    /// <summary>Log densities that differ by less do not matter to where walkers start.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>The first simplex spans this share of the spread between a parameter's prior quartiles.</summary>
    private const double SimplexShare = 0.1;

    /// <summary>Searches.</summary>
    /// <param name="space">The parameter space; its prior must be one that can be sampled.</param>
    /// <param name="likelihood">The calling thread's likelihood.</param>
    /// <param name="seed">Seed of the run: the same seed finds the same point.</param>
    /// <returns>The point, or null if the prior cannot be sampled or no draw had a finite posterior.</returns>
    public static BestFitPoint? Find(IParameterSpace space, ILikelihood likelihood, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(likelihood);
        if (!space.CanSamplePrior)
        {
            return null;
        }

        PosteriorPoint posterior = new(space, likelihood);
        double[]? start = BestDraw(space, posterior, PhiloxKey.FromSeed(seed), out double startValue);
        if (start is null)
        {
            return null;
        }

        NelderMead simplex = new(point => -posterior.Evaluate(point), start, -startValue, Displacements(space));
        simplex.Minimise(Tolerance, EvaluationsPerDimension * space.Dimension);
        return new BestFitPoint(simplex.Best, -simplex.BestValue, posterior.Evaluations);
    }

    private static double[]? BestDraw(IParameterSpace space, PosteriorPoint posterior, PhiloxKey key, out double best)
    {
        best = double.NegativeInfinity;
        double[]? bestPoint = null;
        double[] uniforms = new double[space.Dimension];
        double[] point = new double[space.Dimension];
        for (int draw = 0; draw < DrawsPerDimension * space.Dimension; draw++)
        {
            UniformDraws.Fill(key, draw, 0, 0, RandomPurpose.RandomSearch, uniforms);
            space.SamplePrior(uniforms, point);
            double value = posterior.Evaluate(point);
            if (value > best)
            {
                best = value;
                bestPoint = [.. point];
            }
        }

        return bestPoint;
    }

    private static double[] Displacements(IParameterSpace space)
    {
        double[] lower = new double[space.Dimension];
        double[] upper = new double[space.Dimension];
        double[] uniforms = new double[space.Dimension];
        Array.Fill(uniforms, 0.25);
        space.SamplePrior(uniforms, lower);
        Array.Fill(uniforms, 0.75);
        space.SamplePrior(uniforms, upper);
        return [.. lower.Zip(upper, (low, high) => SimplexShare * (high - low))];
    }
}
