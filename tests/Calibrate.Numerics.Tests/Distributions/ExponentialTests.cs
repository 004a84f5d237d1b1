using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class ExponentialTests : DistributionConformance
{
    private protected override string Family => "exponential";

    private protected override IDistribution[] Examples => [new Exponential(2), new Exponential(1e-9)];

    [Fact]
    public void AZeroRateIsRefused() =>
        RequireRefusal(() => _ = new Exponential(0), "exponential: rate must be positive and finite, found 0");
}
