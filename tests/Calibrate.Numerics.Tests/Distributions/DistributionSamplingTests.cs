using Calibrate.Numerics.Distributions;
using Calibrate.Numerics.Random;

namespace Calibrate.Numerics.Tests.Distributions;

public class DistributionSamplingTests
{
    [Fact]
    public void AUniformNumberGivesTheQuantile() =>
        Assert.Equal(new Gamma(2, 3).Quantile(0.37), new Gamma(2, 3).Sample(0.37));

    [Fact]
    public void AKeyAndACounterGiveTheQuantileOfTheirFirstUniform()
    {
        PhiloxKey key = PhiloxKey.FromSeed(42);
        PhiloxCounter counter = PhiloxCounter.Of(3, 1, 0, RandomPurpose.InitialPosition);
        double uniform = Philox.Block(key, counter).Uniform01;
        Assert.Equal(new Normal(1, 2).Quantile(uniform), new Normal(1, 2).Sample(key, counter));
    }

    [Fact]
    public void DrawsFollowTheDistribution()
    {
        // Kolmogorov's distance of 20,000 draws exceeds 0.02 with a probability below 2 exp(-2 20000 0.02^2) = 3e-7.
        const int Count = 20_000;
        IDistribution truncated = Truncated.Of(new StudentT(3, 0, 1), -1, 40);
        PhiloxKey key = PhiloxKey.FromSeed(7);
        double[] draws =
        [
            .. Enumerable.Range(0, Count)
                .Select(i => truncated.Sample(key, PhiloxCounter.Of(i, 0, 0, RandomPurpose.RandomSearch)))
                .Order(),
        ];
        double distance = draws.Select((x, i) => Math.Abs(truncated.Cdf(x) - ((i + 0.5) / Count))).Max();
        Assert.True(distance < 0.02, $"distance {distance}");
    }
}
