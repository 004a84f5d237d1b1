using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Tests.Distributions.Special;

public class GammaFunctionTests
{
    [Fact]
    public void LogAgreesWithHighPrecision() =>
        SpecialTable.Check("log_gamma", row => GammaFunction.Log(row[0]), 4e-16, 6e-15);

    [Fact]
    public void StirlingErrorAgreesWithHighPrecision() =>
        SpecialTable.Check("stirling_error", row => GammaFunction.StirlingError(row[0]), 4e-16, 8e-15);

    [Fact]
    public void DevianceAgreesWithHighPrecisionWhereItsTermsCancel() =>
        SpecialTable.Check("deviance", row => GammaFunction.Deviance(row[0], row[1]), 1e-14);

    [Fact]
    public void DevianceAtZeroIsInfinite() =>
        Assert.Equal(double.PositiveInfinity, GammaFunction.Deviance(2, 0));
}
