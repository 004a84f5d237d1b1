using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public sealed class InverseGammaTests : DistributionConformance
{
    private protected override string Family => "inverse_gamma";

    private protected override IDistribution[] Examples => [new InverseGamma(3, 2), new InverseGamma(0.4, 1), new InverseGamma(800, 20)];

    [Fact]
    public void AZeroScaleIsRefused() =>
        RequireRefusal(() => _ = new InverseGamma(3, 0), "inverse_gamma: scale must be positive and finite, found 0");

    [Theory]
    [InlineData(1, false, false)]
    [InlineData(2, true, false)]
    [InlineData(2.5, true, true)]
    public void MomentsExistOnlyForALargeEnoughShape(double shape, bool mean, bool sd)
    {
        var distribution = new InverseGamma(shape, 1);
        Assert.Equal((mean, sd), (double.IsFinite(distribution.Mean), double.IsFinite(distribution.StandardDeviation)));
    }
}
