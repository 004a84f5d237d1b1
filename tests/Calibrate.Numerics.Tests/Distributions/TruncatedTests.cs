using System.Text.Json;
using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public class TruncatedTests
{
    private static readonly double[] Probabilities = [1e-200, 1e-30, 1e-8, 1e-3, 0.1, 0.4, 0.5, 0.7, 0.99];

    public static TheoryData<string, double[], double, double> FarTails => new()
    {
        { "normal", [0, 1], 8, 9 },
        { "normal", [0, 1], -9, -8 },
        { "normal", [0, 1], 40, double.PositiveInfinity },
        { "normal", [0, 1], double.NegativeInfinity, -40 },
        { "normal", [0, 1], 8, 8.000001 },
        { "log_normal", [0.2, 0.7], 100, 1000 },
        { "half_normal", [0.5], 30, double.PositiveInfinity },
        { "cauchy", [0, 2.5], 1e6, double.PositiveInfinity },
        { "student_t", [4, 1, 2], double.NegativeInfinity, -500 },
        { "student_t", [40, 0, 1], 100, 101 },
        { "exponential", [2], 1000, double.PositiveInfinity },
        { "gamma", [2.5, 1.7], 0, 1e-5 },
        { "gamma", [2.5, 1.7], 900, double.PositiveInfinity },
        { "inverse_gamma", [3, 2], 0, 0.01 },
        { "beta", [2, 5], 0.98, 1 },
        { "laplace", [0.5, 1.5], 100, double.PositiveInfinity },
        { "weibull", [1.8, 2], 90, 91 },
        { "logistic", [0, 1], 100, double.PositiveInfinity },
        { "skew_normal", [0, 1, 4], -9, -8 },
        { "skew_normal", [0, 1, 4], 40, double.PositiveInfinity },
    };

    [Theory]
    [MemberData(nameof(FarTails))]
    public void QuantilesInvertTheCdfInFarTails(string family, double[] parameters, double lower, double upper)
    {
        IDistribution truncated = Truncated.Of(DistributionCatalog.Create(family, parameters), lower, upper);
        foreach (double probability in Probabilities)
        {
            Assert.InRange(truncated.Quantile(probability), lower, upper);
            Assert.InRange(truncated.UpperQuantile(probability), lower, upper);
            Agree.OnQuantile(truncated, probability, 2e-13);
            Agree.OnUpperQuantile(truncated, probability, 2e-13);
        }
    }

    [Fact]
    public void TheReferenceOfScipyIsReproduced()
    {
        JsonElement reference = ReferenceCases.Scipy.GetProperty("truncated_normal(3,0.5,[1.5,6])");
        IDistribution truncated = Truncated.Of(new Normal(3, 0.5), 1.5, 6);
        foreach (JsonElement point in reference.GetProperty("points").EnumerateArray())
        {
            double x = point.Double("x");
            Agree.Relatively(point.Double("log_pdf"), truncated.LogDensity(x), 1e-10, $"log density at {x}");
            Agree.Relatively(point.Double("cdf"), truncated.Cdf(x), 1e-10, $"cdf at {x}");
            Agree.Relatively(x, truncated.Quantile(point.Double("cdf")), 1e-10, $"quantile at {x}");
        }

        foreach (JsonElement point in reference.GetProperty("outside").EnumerateArray())
        {
            Assert.Equal(double.NegativeInfinity, truncated.LogDensity(point.Double("x")));
        }

        Agree.Relatively(reference.Double("mean"), truncated.Mean, 1e-12, "mean");
        Agree.Relatively(reference.Double("sd"), truncated.StandardDeviation, 1e-12, "sd");
    }

    [Fact]
    public void EndsAreIncludedAndNothingBeyondThem()
    {
        IDistribution truncated = Truncated.Of(new Normal(0, 1), -1, 2);
        Assert.Equal(new Support(-1, 2), truncated.Support);
        Assert.Equal((-1, 2), (truncated.Quantile(0), truncated.Quantile(1)));
        Assert.Equal((0, 1), (truncated.Cdf(-1), truncated.Cdf(2)));
        Assert.Equal((0, 1), (truncated.Cdf(-5), truncated.Cdf(5)));
        Assert.True(double.IsFinite(truncated.LogDensity(-1)) && double.IsFinite(truncated.LogDensity(2)));
        Assert.Equal(double.NegativeInfinity, truncated.LogDensity(Math.BitIncrement(2.0)));
        Assert.True(double.IsNaN(truncated.LogDensity(double.NaN)) && double.IsNaN(truncated.Cdf(double.NaN)));
    }

    [Fact]
    public void UniformLogUniformAndFlatStayInTheirFamily()
    {
        Assert.Equal("uniform(0, 2)", Truncated.Of(new Uniform(0, 5), -3, 2).ToString());
        Assert.Equal("log_uniform(1, 10)", Truncated.Of(new LogUniform(0.1, 10), 1, double.PositiveInfinity).ToString());
        Assert.Equal("uniform(-1, 2)", Truncated.Of(new Flat(), -1, 2).ToString());
        Assert.Equal("truncated(flat, 0, inf)", Truncated.Of(new Flat(), 0, double.PositiveInfinity).ToString());
    }

    [Fact]
    public void AnIntervalThatExcludesNothingChangesNothing()
    {
        var gamma = new Gamma(2, 1);
        Assert.Same(gamma, Truncated.Of(gamma, -5, double.PositiveInfinity));
    }

    [Fact]
    public void TruncatingTwiceIsTruncatingToTheSharedPart()
    {
        IDistribution twice = Truncated.Of(Truncated.Of(new Normal(3, 0.5), 1.5, 6), 0, 4);
        Assert.Equal("truncated(normal(3, 0.5), 1.5, 4)", twice.ToString());
        Assert.Equal(Truncated.Of(new Normal(3, 0.5), 1.5, 4).LogDensity(3.3), twice.LogDensity(3.3));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MomentsThatDoNotExistAppearOnceBothEndsAreFinite(bool finite)
    {
        IDistribution truncated = Truncated.Of(new Cauchy(0, 1), -1, finite ? 1e6 : double.PositiveInfinity);
        Assert.Equal(finite, double.IsFinite(truncated.Mean));
        Assert.Equal(finite, double.IsFinite(truncated.StandardDeviation));
    }

    [Fact]
    public void WrongEndsAreRefusedWithTheReason()
    {
        var normal = new Normal(3, 0.5);
        Refuses(() => Truncated.Of(normal, 6, 1.5), "normal(3, 0.5) truncated: lower must be below upper, found lower 6 and upper 1.5");
        Refuses(() => Truncated.Of(normal, double.NaN, 1), "normal(3, 0.5) truncated: lower must be below upper, found lower nan and upper 1");
        Refuses(() => Truncated.Of(new Exponential(2), -5, -1), "exponential(2) truncated to [-5, -1]: the interval holds no probability");
        Refuses(() => Truncated.Of(new Uniform(0, 1), 1, 2), "uniform(0, 1) truncated to [1, 2]: the interval holds no probability");
        Refuses(() => Truncated.Of(normal, 1e300, double.PositiveInfinity), "normal(3, 0.5) truncated to [1E+300, inf]: the interval holds no probability");
    }

    private static void Refuses(Action create, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentOutOfRangeException>(create).Message);
}
