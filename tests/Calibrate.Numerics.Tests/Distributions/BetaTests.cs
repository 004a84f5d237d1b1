using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class BetaTests : DistributionConformance
{
    private protected override string Family => "beta";

    private protected override IDistribution[] Examples => [new Beta(2, 5), new Beta(0.1, 0.2), new Beta(1, 1), new Beta(5, 0.5), new Beta(3000, 1500), new Beta(0.03, 40)];

    [Fact]
    public void AZeroAlphaIsRefused() =>
        RequireRefusal(() => _ = new Beta(0, 1), "beta: alpha must be positive and finite, found 0");

    [Fact]
    public void ANegativeBetaIsRefused() =>
        RequireRefusal(() => _ = new Beta(1, -2), "beta: beta must be positive and finite, found -2");

    [Fact]
    public void AShapeOfOneGivesAFiniteDensityAtItsEnd()
    {
        Assert.Equal(Math.Log(5), new Beta(1, 5).LogDensity(0), 14);
        Assert.Equal(Math.Log(5), new Beta(5, 1).LogDensity(1), 14);
        Assert.Equal(double.NegativeInfinity, new Beta(0.5, 0.5).LogDensity(1));
    }
}
