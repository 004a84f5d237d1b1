using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public class QuantileMomentsTests
{
    public static TheoryData<string, double[]> Families => new()
    {
        { "normal", [1e6, 0.3] },
        { "uniform", [-1, 3] },
        { "log_normal", [0.2, 1.5] },
        { "student_t", [3, 1, 2] },
        { "gamma", [0.05, 2] },
        { "inverse_gamma", [3, 2] },
        { "beta", [0.1, 0.2] },
        { "laplace", [0.5, 1.5] },
        { "triangular", [0, 2, 5] },
        { "triangular", [0, 0, 1] },
        { "skew_normal", [0, 1, -40] },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void AgreeWithTheClosedForms(string family, double[] parameters)
    {
        IDistribution distribution = DistributionCatalog.Create(family, parameters);
        QuantileMoments moments = QuantileMoments.Of(distribution);
        Agree.Relatively(distribution.Mean, moments.Mean, 1e-12, $"{distribution} mean", 1e-12 * distribution.StandardDeviation);
        Agree.Relatively(distribution.StandardDeviation, moments.StandardDeviation, 1e-9, $"{distribution} sd");
    }
}
