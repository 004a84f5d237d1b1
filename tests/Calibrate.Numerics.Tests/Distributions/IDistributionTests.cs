using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public class IDistributionTests
{
    [Fact]
    public void ADistributionThatKnowsNothingOfTailsGetsThemFromItsCdf()
    {
        IDistribution plain = new SquareRoot();
        Assert.Equal(plain.Quantile(0.75), plain.UpperQuantile(0.25));
        Assert.Equal(Math.Log(0.25), plain.LogCdf(0.5));
        Assert.Equal(Math.Log(0.75), plain.LogSurvival(0.5));
    }

    [Fact]
    public void SuchADistributionCanBeTruncated()
    {
        IDistribution truncated = Truncated.Of(new SquareRoot(), 0.5, 2);
        Agree.Relatively((0.64 - 0.25) / 0.75, truncated.Cdf(0.8), 1e-14, "cdf");
        Agree.Relatively(0.8, truncated.Quantile((0.64 - 0.25) / 0.75), 1e-14, "quantile");
        Agree.Relatively((2.0 / 3) * 0.875 / 0.75, truncated.Mean, 1e-13, "mean");
    }

    /// <summary>Density 2 x on [0, 1]: the square root of a uniform number.</summary>
    private sealed class SquareRoot : IDistribution
    {
        public Support Support => new(0, 1);

        public double Mean => 2.0 / 3;

        public double StandardDeviation => Math.Sqrt(1.0 / 18);

        public double LogDensity(double x) => Support.Contains(x) ? Math.Log(2 * x) : double.NegativeInfinity;

        public double Cdf(double x) => Math.Pow(Math.Clamp(x, 0, 1), 2);

        public double Quantile(double probability) => Math.Sqrt(probability);
    }
}
