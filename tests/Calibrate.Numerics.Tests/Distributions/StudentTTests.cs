using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class StudentTTests : DistributionConformance
{
    private protected override string Family => "student_t";

    private protected override IDistribution[] Examples => [new StudentT(4, 1, 2), new StudentT(0.3, 0, 1), new StudentT(1, 0, 1), new StudentT(2.5, -3, 0.1), new StudentT(250, 0, 1)];

    [Fact]
    public void DegreesOfFreedomOfZeroAreRefused() =>
        RequireRefusal(() => _ = new StudentT(0, 0, 1), "student_t: nu must be positive and finite, found 0");

    [Fact]
    public void ANegativeSigmaIsRefused() =>
        RequireRefusal(() => _ = new StudentT(4, 0, -2), "student_t: sigma must be positive and finite, found -2");

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(1.5, true, false)]
    [InlineData(2, true, false)]
    [InlineData(2.5, true, true)]
    public void MomentsExistOnlyForEnoughDegreesOfFreedom(double nu, bool mean, bool sd)
    {
        var distribution = new StudentT(nu, 3, 1);
        Assert.Equal((mean, sd), (double.IsFinite(distribution.Mean), double.IsFinite(distribution.StandardDeviation)));
    }

    [Fact]
    public void OneDegreeOfFreedomIsTheCauchyDistribution()
    {
        var cauchy = new Cauchy(1, 2);
        var student = new StudentT(1, 1, 2);
        foreach (double x in new[] { -1e200, -40, 0.3, 1, 5, 1e9 })
        {
            Agree.Relatively(cauchy.LogDensity(x), student.LogDensity(x), 1e-14, "log density", 1e-14);
            Agree.Relatively(cauchy.LogCdf(x), student.LogCdf(x), 1e-14, "log cdf", 1e-14);
        }
    }
}
