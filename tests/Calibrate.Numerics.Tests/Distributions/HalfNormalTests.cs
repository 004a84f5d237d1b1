using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class HalfNormalTests : DistributionConformance
{
    private protected override string Family => "half_normal";

    private protected override IDistribution[] Examples => [new HalfNormal(0.5), new HalfNormal(1e6)];

    [Fact]
    public void ANegativeSigmaIsRefused() =>
        RequireRefusal(() => _ = new HalfNormal(-0.5), "half_normal: sigma must be positive and finite, found -0.5");
}
