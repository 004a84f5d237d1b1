using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class LogisticTests : DistributionConformance
{
    private protected override string Family => "logistic";

    private protected override IDistribution[] Examples => [new Logistic(0, 1), new Logistic(5, 0.01)];

    [Fact]
    public void ANegativeScaleIsRefused() =>
        RequireRefusal(() => _ = new Logistic(0, -1), "logistic: scale must be positive and finite, found -1");
}
