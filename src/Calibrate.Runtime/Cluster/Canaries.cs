using Calibrate.Numerics;
using Calibrate.Numerics.Random;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Runtime.Cluster;

/// <summary>
/// The parameter vectors on which workers prove that they compute a problem as everybody else does. They depend on the problem alone, not on the
/// run's seed: a proof serves every run of the problem, and the reference in a journal stays valid for all its sessions.
/// </summary>
/// <remarks>
/// Drawn from the prior: canary i takes its uniforms from walker word i, iteration word 0, ensemble word 0, purpose
/// <see cref="RandomPurpose.Canary"/>, key 0 (<c>docs/formats/random-numbers.md</c>); one outside the prior's support or with a parameter that is
/// not finite is drawn again with the next iteration word, at most <see cref="MostAttempts"/> times, and else left out. A prior that cannot be
/// sampled gives none: then the canaries are the first rows of the problem's initial points, or draws from its initial ball, where the problem
/// has them with a centre for every parameter, and else there are none, and workers are admitted by fingerprint, build and platform.
/// </remarks>
public static class Canaries
{
    /// <summary>Vectors of a problem; a slow model is proved on the first few of them.</summary>
    public const int Count = 64;

    /// <summary>Draws per vector at most.</summary>
    public const int MostAttempts = 100;

    /// <summary>The canaries of a problem, in natural space.</summary>
    /// <param name="problem">The problem.</param>
    public static IReadOnlyList<double[]> Of(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        if (Source(problem) is not { } draw)
        {
            return [];
        }

        List<double[]> canaries = new(Count);
        for (var i = 0; i < Count; i++)
        {
            if (Draw(problem.Space, draw, i) is { } canary)
            {
                canaries.Add(canary);
            }
        }

        return canaries;
    }

    private static double[]? Draw(IParameterSpace space, Func<int, int, double[], bool> draw, int i)
    {
        var sampled = new double[space.Dimension];
        for (var attempt = 0; attempt < MostAttempts && draw(i, attempt, sampled); attempt++)
        {
            var natural = new double[space.NaturalDimension];
            double logPrior = 0;
            double logJacobian = 0;
            space.Evaluate(1, sampled, natural, new Span<double>(ref logPrior), new Span<double>(ref logJacobian));
            if (logPrior > double.NegativeInfinity && natural.All(double.IsFinite))
            {
                return natural;
            }
        }

        return null;
    }

    // Puts draw number `attempt` of canary `i` into the sampled-space position; false when there is no such draw.
    private static Func<int, int, double[], bool>? Source(Problem problem)
    {
        var space = problem.Space;
        if (space.CanSamplePrior)
        {
            return (i, attempt, position) =>
            {
                space.SamplePrior(Uniforms(i, attempt, position.Length), position);
                return true;
            };
        }

        return (problem.Method as EnsembleSpecification)?.Initial switch
        {
            InitialFromFile { Points: var points } => (i, attempt, position) => FromRow(space, points, i, attempt, position),
            InitialBall ball when problem.SampledNames.All(ball.Center.ContainsKey) => FromBall(problem, ball),
            _ => null,
        };
    }

    private static bool FromRow(IParameterSpace space, IReadOnlyList<double[]> points, int i, int attempt, double[] position)
    {
        if (i >= points.Count || attempt > 0)
        {
            return false;
        }

        space.ToSampled(points[i], position);
        return true;
    }

    private static Func<int, int, double[], bool> FromBall(Problem problem, InitialBall ball)
    {
        var center = new double[problem.Space.Dimension];
        problem.Space.ToSampled(problem.SampledNames.Select(name => ball.Center[name]).ToArray(), center);
        return (i, attempt, position) =>
        {
            var uniforms = Uniforms(i, attempt, position.Length);
            for (var j = 0; j < position.Length; j++)
            {
                position[j] = center[j] + (ball.Radii.GetValueOrDefault(problem.SampledNames[j], ball.Radius) * NormalQuantile.Of(uniforms[j]));
            }

            return true;
        };
    }

    private static double[] Uniforms(int i, int attempt, int count)
    {
        var uniforms = new double[count];
        for (var n = 0; n < count; n++)
        {
            var block = Philox.Block(new PhiloxKey(0, 0), PhiloxCounter.Of(i, attempt, 0, RandomPurpose.Canary, n / 2));
            uniforms[n] = n % 2 == 0 ? block.Uniform01 : block.Uniform23;
        }

        return uniforms;
    }
}
