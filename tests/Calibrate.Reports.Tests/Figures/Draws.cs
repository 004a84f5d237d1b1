using Calibrate.Numerics.Diagnostics;
using Calibrate.Numerics.Distributions;
using Calibrate.Numerics.Random;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

/// <summary>Draws with known properties.</summary>
internal static class Draws
{
    /// <summary>Independent standard normal draws, shifted per chain.</summary>
    public static QuantityDraws Normal(int ensembles, int walkers, int iterations, Func<int, double>? shift = null, int thin = 1)
    {
        var normal = new Normal(0, 1);
        return Of(
            ensembles,
            walkers,
            iterations,
            (chain, iteration) =>
            {
                var block = Philox.Block(PhiloxKey.FromSeed(3), PhiloxCounter.Of(chain, iteration, 0, RandomPurpose.Canary));
                return normal.Quantile(RandomBits.Uniform(block.W0, block.W1)) + (shift?.Invoke(chain) ?? 0);
            },
            thin);
    }

    /// <summary>Any draws.</summary>
    public static QuantityDraws Of(int ensembles, int walkers, int iterations, Func<int, int, double> value, int thin = 1)
    {
        var values = new double[ensembles * walkers * iterations];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(i / iterations, i % iterations);
        }

        return new QuantityDraws("x", "the <label>", "W m-2", new DrawMatrix(values, ensembles * walkers, iterations))
        {
            Ensembles = ensembles,
            FirstIteration = 101,
            Thin = thin,
        };
    }
}
