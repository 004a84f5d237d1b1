using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class HalfCauchyTests : DistributionConformance
{
    private protected override string Family => "half_cauchy";

    private protected override IDistribution[] Examples => [new HalfCauchy(2), new HalfCauchy(1e-4)];

    [Fact]
    public void AnInfiniteScaleIsRefused() =>
        RequireRefusal(() => _ = new HalfCauchy(double.PositiveInfinity), "half_cauchy: scale must be positive and finite, found inf");
}
