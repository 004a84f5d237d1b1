using Calibrate.Numerics.Distributions;
using Calibrate.Numerics.Random;
using Calibrate.Reports.Predictive;

namespace Calibrate.Reports.Exports;

/// <summary>Observations that the posterior thinks possible: predictions of the model, each with an error drawn from the target's likelihood.</summary>
/// <remarks>
/// Draw i of target t takes its uniforms from walker word i, iteration word t, purpose <see cref="RandomPurpose.PredictiveErrors"/> and the run's seed
/// (<c>docs/formats/random-numbers.md</c>). The errors are independent: targets with correlated errors are not served.
/// </remarks>
internal static class PredictiveErrors
{
    /// <summary>Draws observations.</summary>
    /// <param name="target">The target's predictions, and the standard deviation of each observation.</param>
    /// <param name="number">Number of the target in the problem.</param>
    /// <param name="draws">Which draws.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <returns><c>[draw * observations + observation]</c>.</returns>
    public static double[] Replicate(PredictiveTarget target, int number, IReadOnlyList<int> draws, ulong seed)
    {
        var key = PhiloxKey.FromSeed(seed);
        IDistribution standard = target.Comparison.StudentNu is { } nu ? new StudentT(nu, 0, 1) : new Normal(0, 1);
        var count = target.Observed.Count;
        var values = new double[draws.Count * count];
        for (var i = 0; i < draws.Count; i++)
        {
            for (var k = 0; k < count; k++)
            {
                var (ensemble, block) = Math.DivRem(k / 2, PhiloxCounter.BlockLimit);
                var words = Philox.Block(key, PhiloxCounter.Of(draws[i], number, ensemble, RandomPurpose.PredictiveErrors, block));
                var error = standard.Quantile(k % 2 == 0 ? words.Uniform01 : words.Uniform23);
                values[(i * count) + k] = target.Predictions[draws[i], k] + (target.Sigmas[draws[i], k] * error);
            }
        }

        return values;
    }
}
