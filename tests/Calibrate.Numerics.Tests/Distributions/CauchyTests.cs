using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class CauchyTests : DistributionConformance
{
    private protected override string Family => "cauchy";

    private protected override IDistribution[] Examples => [new Cauchy(0, 2.5), new Cauchy(-7, 0.01)];

    [Fact]
    public void AZeroScaleIsRefused() =>
        RequireRefusal(() => _ = new Cauchy(1, 0), "cauchy: scale must be positive and finite, found 0");
}
