using System.Globalization;
using System.Text.Json;
using Calibrate.Numerics.Distributions;
using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.Integration;

namespace Calibrate.Numerics.Tests.Distributions;

/// <summary>
/// What every distribution must satisfy; a family's tests inherit it and add what is special. Reference values agree
/// as tightly as the conditioning of the argument allows.
/// </summary>
public abstract class DistributionConformance
{
    private const double Epsilon = 2.220446049250313e-16;

    // Random checks repeat exactly: the seed is part of the test.
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithReplay(20240607, 271828183);

    private protected abstract string Family { get; }

    /// <summary>Parameter sets for the properties, ordinary and extreme.</summary>
    private protected abstract IDistribution[] Examples { get; }

    [Fact]
    public void PointsAgreeWithScipy()
    {
        foreach ((IDistribution distribution, JsonElement reference) in ReferenceCases.Of(Family))
        {
            foreach (JsonElement point in reference.GetProperty("points").EnumerateArray())
            {
                double x = point.Double("x");
                Agree.Relatively(point.Double("log_pdf"), distribution.LogDensity(x), 1e-10, $"{distribution} log density at {x}", 1e-13);
                Agree.Relatively(point.Double("cdf"), distribution.Cdf(x), 1e-10, $"{distribution} cdf at {x}");
            }

            foreach (JsonElement point in reference.GetProperty("outside").EnumerateArray())
            {
                Assert.Equal(double.NegativeInfinity, distribution.LogDensity(point.Double("x")));
            }
        }
    }

    [Fact]
    public void QuantilesAgreeWithScipy()
    {
        foreach ((IDistribution distribution, JsonElement reference) in ReferenceCases.Of(Family))
        {
            JsonElement quantiles = reference.GetProperty("quantiles");
            double[] probabilities = [.. quantiles.GetProperty("p").EnumerateArray().Select(value => value.GetDouble())];
            double[] values = [.. quantiles.GetProperty("x").EnumerateArray().Select(value => value.GetDouble())];
            for (int i = 0; i < probabilities.Length; i++)
            {
                Agree.Relatively(values[i], distribution.Quantile(probabilities[i]), 1e-9, $"{distribution} quantile of {probabilities[i]}", 1e-13);

                // scipy's own quantiles are off by up to 1e-9 (student_t); its cdf at them says which probability they belong to
                JsonElement point = reference.GetProperty("points")[i];
                Agree.Relatively(point.Double("x"), distribution.Quantile(point.Double("cdf")), 1e-10 + (Epsilon / (1 - point.Double("cdf"))), $"{distribution} quantile of {point.Double("cdf")}", 1e-13);
            }
        }
    }

    [Fact]
    public void MomentsAgreeWithScipyAndMpmath()
    {
        foreach ((IDistribution distribution, JsonElement reference) in ReferenceCases.Of(Family).Concat(ReferenceCases.Moments(Family)))
        {
            Agree.Relatively(ReferenceCases.Optional(reference.GetProperty("mean")) ?? double.NaN, distribution.Mean, 1e-12, $"{distribution} mean", 1e-15);
            Agree.Relatively(ReferenceCases.Optional(reference.GetProperty("sd")) ?? double.NaN, distribution.StandardDeviation, 1e-11, $"{distribution} sd");
        }
    }

    [Fact]
    public void BothTailsAgreeWithHighPrecision()
    {
        foreach ((IDistribution distribution, JsonElement reference) in ReferenceCases.Tails(Family))
        {
            foreach (JsonElement point in reference.GetProperty("points").EnumerateArray())
            {
                CompareLogs(distribution, point, 4e-13);
            }
        }
    }

    [Fact]
    public void TruncationsAgreeWithHighPrecision()
    {
        foreach ((IDistribution distribution, JsonElement reference) in ReferenceCases.Truncations(Family))
        {
            foreach (JsonElement point in reference.GetProperty("points").EnumerateArray())
            {
                CompareLogs(distribution, point, 1e-12);
            }

            double mean = reference.Double("mean");
            double spread = reference.Double("sd");
            Agree.Relatively(mean, distribution.Mean, 1e-11, $"{distribution} mean", 1e-9 * spread);
            Agree.Relatively(spread, distribution.StandardDeviation, 1e-9, $"{distribution} sd", 1e-13 * Math.Abs(mean));
        }
    }

    [Fact]
    public void QuantileInvertsTheCdfInBothTails() => ForAll(TailProbabilities, (distribution, p) =>
    {
        Agree.OnQuantile(distribution, p, 2e-14);
        Agree.OnUpperQuantile(distribution, p, 2e-14);
    });

    [Fact]
    public void QuantileAndUpperQuantileMeet() => ForAll(Probabilities, (distribution, p) =>
        Agree.Relatively(distribution.UpperQuantile(1 - p), distribution.Quantile(p), 1e-13, $"{distribution} at {p}", 1e-14 * Scale(distribution)));

    [Fact]
    public void QuantileNeverFalls() => ForAll(Pairs, (distribution, pair) =>
        Assert.True(distribution.Quantile(pair.Low) <= distribution.Quantile(pair.High), $"{distribution} between {pair.Low} and {pair.High}"));

    [Fact]
    public void DensityIntegratesToTheDifferencesOfTheCdf() => ForAll(Pairs, (distribution, pair) =>
    {
        double lower = distribution.Quantile(pair.Low);
        double upper = distribution.Quantile(pair.High);
        double undecided = Undecided(distribution, lower) + Undecided(distribution, upper);
        Agree.Relatively(
            distribution.Cdf(upper) - distribution.Cdf(lower), Integral(distribution, lower, upper), 1e-9, $"{distribution} from {lower} to {upper}", 1e-12 + undecided);
    });

    [Fact]
    public void TruncationIsNormalised() => ForAll(Pairs, (distribution, pair) =>
    {
        double lower = distribution.Quantile(pair.Low);
        double upper = distribution.Quantile(pair.High);
        if (lower < upper)
        {
            IDistribution truncated = Truncated.Of(distribution, lower, upper);
            double median = truncated.Quantile(0.5);
            double undecided = Undecided(truncated, lower) + Undecided(truncated, median) + Undecided(truncated, upper);
            Agree.Relatively(1, Integral(truncated, lower, upper), 1e-9, truncated.ToString()!, undecided);
            Agree.Relatively(0.5, truncated.Cdf(median), 1e-12, truncated.ToString()!, undecided);
        }
    });

    [Fact]
    public void EndsOfTheSupportAreTheExtremeQuantiles()
    {
        foreach (IDistribution distribution in Examples)
        {
            (double lower, double upper) = distribution.Support;
            Assert.Equal(lower, distribution.Quantile(0));
            Assert.Equal(upper, distribution.Quantile(1));
            Assert.Equal(upper, distribution.UpperQuantile(0));
            Assert.Equal(lower, distribution.UpperQuantile(1));
            Assert.Equal((0, 1), (distribution.Cdf(lower), distribution.Cdf(upper)));
            Assert.Equal((double.NegativeInfinity, 0), (distribution.LogCdf(lower), distribution.LogCdf(upper)));
            Assert.Equal((0, double.NegativeInfinity), (distribution.LogSurvival(lower), distribution.LogSurvival(upper)));
            double[] outside = [Math.BitDecrement(lower), Math.BitIncrement(upper), double.NegativeInfinity, double.PositiveInfinity];
            Assert.All(outside, x => Assert.Equal(double.NegativeInfinity, distribution.LogDensity(x)));
            Assert.True(distribution.LogDensity(lower) < double.PositiveInfinity && distribution.LogDensity(upper) < double.PositiveInfinity);
        }
    }

    [Fact]
    public void NotANumberStaysNotANumber()
    {
        foreach (IDistribution distribution in Examples)
        {
            Assert.True(double.IsNaN(distribution.LogDensity(double.NaN)), distribution.ToString());
            Assert.True(double.IsNaN(distribution.Cdf(double.NaN)), distribution.ToString());
            Assert.True(double.IsNaN(distribution.LogCdf(double.NaN)), distribution.ToString());
            Assert.True(double.IsNaN(distribution.LogSurvival(double.NaN)), distribution.ToString());
        }
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0000001)]
    [InlineData(double.NaN)]
    public void AProbabilityOutsideZeroToOneIsRefused(double probability)
    {
        foreach (IDistribution distribution in Examples)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => distribution.Quantile(probability));
            var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => distribution.UpperQuantile(probability));
            Assert.StartsWith("quantile: probability must be between 0 and 1, found ", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TextReadsBackToTheSameDistribution()
    {
        foreach (IDistribution distribution in Examples)
        {
            string text = distribution.ToString()!;
            string[] parts = text.TrimEnd(')').Split('(');
            Assert.Equal(Family, parts[0]);
            double[] arguments = [.. parts[1].Split(", ").Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
            IDistribution copy = DistributionCatalog.Create(parts[0], arguments);
            Assert.Equal(text, copy.ToString());
            double x = distribution.Quantile(0.3);
            Assert.Equal(distribution.LogDensity(x), copy.LogDensity(x));
        }
    }

    private protected static void RequireRefusal(Action create, string message)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(create);
        Assert.Equal(message, refusal.Message);
    }

    private static Gen<double> Probabilities => Gen.Choose(1, 999_999).Select(i => i * 1e-6);

    private static Gen<double> TailProbabilities =>
        Gen.OneOf(Probabilities, Gen.Choose(1, 250_000).Select(i => Math.Pow(10, i * -1e-3)));

    private static Gen<(double Low, double High)> Pairs =>
        Probabilities.Two().Select(pair => (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2)));

    private void ForAll<T>(Gen<T> generator, Action<IDistribution, T> check)
    {
        foreach (IDistribution distribution in Examples)
        {
            Prop.ForAll(generator.ToArbitrary(), value => check(distribution, value)).Check(Repeatable);
        }
    }

    private static void CompareLogs(IDistribution distribution, JsonElement point, double tolerance)
    {
        double x = point.Double("x");
        Agree.Relatively(point.Double("log_density"), distribution.LogDensity(x), tolerance, $"{distribution} log density at {x:R}", tolerance);
        Agree.Relatively(point.Double("log_cdf"), distribution.LogCdf(x), tolerance, $"{distribution} log cdf at {x:R}", tolerance);
        Agree.Relatively(point.Double("log_survival"), distribution.LogSurvival(x), tolerance, $"{distribution} log survival at {x:R}", tolerance);
    }

    private static double Scale(IDistribution distribution) => distribution.Quantile(0.75) - distribution.Quantile(0.25);

    private static double Integral(IDistribution distribution, double lower, double upper) =>
        AdaptiveIntegral.Of(
            x => Math.Exp(distribution.LogDensity(x)), lower, upper, distribution is IPiecewiseDensity { Knot: double knot } ? knot : lower);

    // What the spacing of numbers near x leaves undecided about a probability that ends there.
    private static double Undecided(IDistribution distribution, double x) =>
        8 * Epsilon * Math.Abs(x) * Math.Exp(distribution.LogDensity(x));
}
