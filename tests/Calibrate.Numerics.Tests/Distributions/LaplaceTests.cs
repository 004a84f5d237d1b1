using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class LaplaceTests : DistributionConformance
{
    private protected override string Family => "laplace";

    private protected override IDistribution[] Examples => [new Laplace(0.5, 1.5), new Laplace(-100, 0.01)];

    [Fact]
    public void AZeroScaleIsRefused() =>
        RequireRefusal(() => _ = new Laplace(0, 0), "laplace: scale must be positive and finite, found 0");
}
