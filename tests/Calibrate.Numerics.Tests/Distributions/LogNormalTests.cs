using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class LogNormalTests : DistributionConformance
{
    private protected override string Family => "log_normal";

    private protected override IDistribution[] Examples => [new LogNormal(0.2, 0.7), new LogNormal(-3, 4), new LogNormal(10, 0.1)];

    [Fact]
    public void AZeroSigmaIsRefused() =>
        RequireRefusal(() => _ = new LogNormal(0, 0), "log_normal: sigma must be positive and finite, found 0");

    [Fact]
    public void AnInfiniteMuIsRefused() =>
        RequireRefusal(() => _ = new LogNormal(double.NegativeInfinity, 1), "log_normal: mu must be finite, found -inf");
}
