using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class SkewNormalTests : DistributionConformance
{
    private protected override string Family => "skew_normal";

    private protected override IDistribution[] Examples => [new SkewNormal(0, 1, 4), new SkewNormal(2, 3, -0.5), new SkewNormal(0, 1, 0), new SkewNormal(0, 1, 300)];

    [Fact]
    public void AnInfiniteShapeIsRefused() =>
        RequireRefusal(() => _ = new SkewNormal(0, 1, double.PositiveInfinity), "skew_normal: shape must be finite, found inf");

    [Fact]
    public void AZeroScaleIsRefused() =>
        RequireRefusal(() => _ = new SkewNormal(0, 0, 1), "skew_normal: scale must be positive and finite, found 0");

    [Fact]
    public void ShapeZeroIsTheNormalDistribution()
    {
        var normal = new Normal(1, 2);
        var skew = new SkewNormal(1, 2, 0);
        foreach (double x in new[] { -100, -8, 0.3, 1, 1.2, 7, 90 })
        {
            Agree.Relatively(normal.LogDensity(x), skew.LogDensity(x), 1e-14, "log density");
            Agree.Relatively(normal.LogCdf(x), skew.LogCdf(x), 1e-13, "log cdf");
        }
    }

    [Fact]
    public void ChangingTheSignOfTheShapeMirrorsTheDistribution() =>
        Assert.Equal(new SkewNormal(0, 1, -4).LogCdf(0.7), new SkewNormal(0, 1, 4).LogSurvival(-0.7));
}
