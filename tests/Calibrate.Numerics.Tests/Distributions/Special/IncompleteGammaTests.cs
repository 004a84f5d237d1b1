using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Tests.Distributions.Special;

public class IncompleteGammaTests
{
    [Fact]
    public void LowerAgreesWithHighPrecision() =>
        SpecialTable.Check("log_lower_gamma", row => IncompleteGamma.LogLower(row[0], row[1]), 1e-14, 1e-14);

    [Fact]
    public void UpperAgreesWithHighPrecision() =>
        SpecialTable.Check("log_upper_gamma", row => IncompleteGamma.LogUpper(row[0], row[1]), 1e-13, 1e-14);

    [Theory]
    [InlineData(0.3, 0.2)]
    [InlineData(5, 5.9)]
    [InlineData(5, 6.1)]
    [InlineData(1e8, 1.00001e8)]
    public void TheTwoAddUpToOne(double shape, double x) =>
        Agree.Relatively(1, Math.Exp(IncompleteGamma.LogLower(shape, x)) + Math.Exp(IncompleteGamma.LogUpper(shape, x)), 4e-16, $"{shape}, {x}");

    [Fact]
    public void EndsAreExact()
    {
        Assert.Equal((double.NegativeInfinity, 0), (IncompleteGamma.LogLower(2, 0), IncompleteGamma.LogUpper(2, 0)));
        Assert.Equal(
            (0, double.NegativeInfinity),
            (IncompleteGamma.LogLower(2, double.PositiveInfinity), IncompleteGamma.LogUpper(2, double.PositiveInfinity)));
        Assert.True(double.IsNaN(IncompleteGamma.LogLower(2, double.NaN)));
    }
}
