using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class NormalTests : DistributionConformance
{
    private protected override string Family => "normal";

    private protected override IDistribution[] Examples => [new Normal(1.3, 0.4), new Normal(0, 1), new Normal(-1e6, 1e-3)];

    [Fact]
    public void ANegativeSdIsRefused() =>
        RequireRefusal(() => _ = new Normal(0, -1), "normal: sd must be positive and finite, found -1");

    [Fact]
    public void AMeanThatIsNotANumberIsRefused() =>
        RequireRefusal(() => _ = new Normal(double.NaN, 1), "normal: mean must be finite, found nan");
}
