using Calibrate.Numerics.Distributions;
using Calibrate.Problems.Parameters;

namespace Calibrate.Problems.Tests.Parameters;

public class PriorTermTests
{
    public static TheoryData<string> Priors => ["uniform", "normal", "lower", "upper", "both", "flat", "half-flat", "gamma", "truncated-cauchy"];

    [Theory]
    [MemberData(nameof(Priors))]
    public void The_fast_forms_agree_with_the_distribution(string name)
    {
        IDistribution prior = name switch
        {
            "uniform" => new Uniform(-1, 2),
            "normal" => new Normal(0.5, 2),
            "lower" => Truncated.Of(new Normal(0, 1), 0.5, double.PositiveInfinity),
            "upper" => Truncated.Of(new Normal(0, 1), double.NegativeInfinity, 0.5),
            "both" => Truncated.Of(new Normal(3, 1), -1, 2),
            "flat" => new Flat(),
            "half-flat" => Truncated.Of(new Flat(), 0, double.PositiveInfinity),
            "gamma" => new Gamma(2, 1),
            _ => Truncated.Of(new Cauchy(0, 1), -1, 1),
        };
        double[] values = [-3, -1, -0.5, 0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 40, -1e300];
        double[] totals = [.. values.Select((_, i) => (double)i)];
        PriorTerm.Of(prior).Add(values, totals);
        for (int i = 0; i < values.Length; i++)
        {
            double expected = i + prior.LogDensity(values[i]);
            Assert.True(expected == totals[i] || Math.Abs(totals[i] - expected) < 1e-12 * Math.Max(1, Math.Abs(expected)), $"{name} at {values[i]}: {totals[i]}, not {expected}");
        }
    }
}
