using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class GammaTests : DistributionConformance
{
    private protected override string Family => "gamma";

    private protected override IDistribution[] Examples => [new Gamma(2.5, 1.7), new Gamma(0.05, 1), new Gamma(1, 3), new Gamma(2, 1), new Gamma(1e5, 10)];

    [Fact]
    public void ANegativeShapeIsRefused() =>
        RequireRefusal(() => _ = new Gamma(-1, 1), "gamma: shape must be positive and finite, found -1");

    [Fact]
    public void AZeroRateIsRefused() =>
        RequireRefusal(() => _ = new Gamma(1, 0), "gamma: rate must be positive and finite, found 0");

    [Fact]
    public void AnUnboundedDensityCountsAsNoDensityAtTheSinglePointZero()
    {
        Assert.Equal(double.NegativeInfinity, new Gamma(0.5, 1).LogDensity(0));
        Assert.Equal(Math.Log(3), new Gamma(1, 3).LogDensity(0), 14);
    }

    [Fact]
    public void TheLogDensityHasNoSeamWhereItsFormChanges() =>
        Agree.Relatively(new Gamma(2, 1.5).LogDensity(0.8), new Gamma(2 + 1e-14, 1.5).LogDensity(0.8), 1e-13, "log density");
}
