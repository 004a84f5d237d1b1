using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Tests.Distributions.Special;

public class StandardNormalTests
{
    [Fact]
    public void LogCdfAgreesWithHighPrecisionInBothTails() =>
        SpecialTable.Check("log_normal_cdf", row => StandardNormal.LogCdf(row[0]), 6e-14);

    [Fact]
    public void CdfHasNoSeamWhereItsFormChanges() =>
        Agree.Relatively(
            StandardNormal.Cdf(-8),
            StandardNormal.Cdf(Math.BitDecrement(-8.0)),
            3e-14,
            "cdf at -8");

    [Fact]
    public void CdfUnderflowsToZeroAndReachesOne()
    {
        Assert.Equal((0, 1), (StandardNormal.Cdf(double.NegativeInfinity), StandardNormal.Cdf(double.PositiveInfinity)));
        Assert.Equal(double.NegativeInfinity, StandardNormal.LogCdf(double.NegativeInfinity));
        Assert.Equal(0, StandardNormal.LogCdf(double.PositiveInfinity));
    }
}
