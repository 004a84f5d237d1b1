using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public class QuantileSearchTests
{
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(1e-300)]
    [InlineData(1e250)]
    public void AnyStartLeadsToTheQuantile(double start)
    {
        IDistribution[] distributions = [new Gamma(2.5, 1.7), new Weibull(0.1, 3), new LogNormal(0, 20)];
        foreach (IDistribution distribution in distributions)
        {
            foreach (double probability in new[] { 1e-12, 0.3, 0.5, 0.9 })
            {
                Agree.Relatively(
                    distribution.Quantile(probability), QuantileSearch.Quantile(distribution, probability, start), 1e-13, $"{distribution} {probability}");
                Agree.Relatively(
                    distribution.UpperQuantile(probability), QuantileSearch.UpperQuantile(distribution, probability, start), 1e-13, $"{distribution} {probability}");
            }
        }
    }

    [Fact]
    public void APlateauOfTheLogTailDoesNotStallIt()
    {
        // Far from the bulk both the log density and the log tail are huge, and their difference is rounding noise.
        var laplace = new Laplace(0.5, 1.5);
        Agree.Relatively(laplace.UpperQuantile(1e-20), QuantileSearch.UpperQuantile(laplace, 1e-20, 1e60), 1e-14, "quantile");
    }

    [Fact]
    public void ItTakesFewStepsFromAFairStart()
    {
        var counting = new Counting(new Gamma(2.5, 1));
        foreach (double probability in new[] { 1e-100, 1e-9, 0.01, 0.2, 0.5, 0.8, 0.99, 1 - 1e-12 })
        {
            counting.Evaluations = 0;
            QuantileSearch.Quantile(counting, probability, 2);
            Assert.InRange(counting.Evaluations, 1, 24);
        }
    }

    private sealed class Counting(IDistribution inner) : IDistribution
    {
        public int Evaluations { get; set; }

        public Support Support => inner.Support;

        public double Mean => inner.Mean;

        public double StandardDeviation => inner.StandardDeviation;

        public double LogDensity(double x) => inner.LogDensity(x);

        public double Cdf(double x) => inner.Cdf(x);

        public double Quantile(double probability) => inner.Quantile(probability);

        public double LogCdf(double x)
        {
            Evaluations++;
            return inner.LogCdf(x);
        }

        public double LogSurvival(double x)
        {
            Evaluations++;
            return inner.LogSurvival(x);
        }
    }
}
