using Calibrate.Numerics.Random;
using Calibrate.Problems;

namespace Calibrate.Reports.Predictive;

/// <summary>Independent draws from a problem's prior, for comparison with the posterior.</summary>
/// <param name="Natural">Natural parameters per draw, in the order of <see cref="Problem.NaturalNames"/>.</param>
/// <param name="Derived">Derived quantities per draw, in the order of <see cref="Problem.Derived"/>; NaN where they need outputs of the model.</param>
public sealed record PriorSample(IReadOnlyList<double[]> Natural, IReadOnlyList<double[]> Derived)
{
    /// <summary>Draws when nobody says how many.</summary>
    public const int DefaultDraws = 20_000;

    private const int NumbersPerBlock = 2;

    /// <summary>Draws from the prior; null when it is improper.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="draws">How many draws.</param>
    /// <param name="seed">What decides the draws; 0 gives every run of the problem the same.</param>
    public static PriorSample? Draw(Problem problem, int draws = DefaultDraws, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var space = problem.Space;
        if (!space.CanSamplePrior)
        {
            return null;
        }

        var natural = new double[draws][];
        var derived = new double[draws][];
        var uniforms = new double[space.Dimension];
        var sampled = new double[space.Dimension];
        double[] unknown = [.. Enumerable.Repeat(double.NaN, problem.RecordedNames.Count)];
        for (var i = 0; i < draws; i++)
        {
            for (var j = 0; j < uniforms.Length; j++)
            {
                var block = Philox.Block(PhiloxKey.FromSeed(seed), PhiloxCounter.Of(i, 0, 0, RandomPurpose.PriorSample, j / NumbersPerBlock));
                uniforms[j] = j % NumbersPerBlock == 0 ? RandomBits.Uniform(block.W0, block.W1) : RandomBits.Uniform(block.W2, block.W3);
            }

            natural[i] = new double[space.NaturalDimension];
            derived[i] = new double[problem.Derived.Count];
            space.SamplePrior(uniforms, sampled);
            space.Evaluate(1, sampled, natural[i], [0], [0]);
            problem.Derived.Evaluate(natural[i], unknown, derived[i]);
        }

        return new PriorSample(natural, derived);
    }
}
