using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class WeibullTests : DistributionConformance
{
    private protected override string Family => "weibull";

    private protected override IDistribution[] Examples => [new Weibull(1.8, 2), new Weibull(0.4, 1), new Weibull(1, 3), new Weibull(40, 3)];

    [Fact]
    public void AZeroShapeIsRefused() =>
        RequireRefusal(() => _ = new Weibull(0, 1), "weibull: shape must be positive and finite, found 0");

    [Fact]
    public void TheStandardDeviationHasNoSeamWhereItsFormChanges() =>
        Agree.Relatively(new Weibull(10, 1).StandardDeviation, new Weibull(10 + 1e-13, 1).StandardDeviation, 1e-12, "sd");
}
