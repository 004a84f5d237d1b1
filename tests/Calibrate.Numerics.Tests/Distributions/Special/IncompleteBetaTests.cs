using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Tests.Distributions.Special;

public class IncompleteBetaTests
{
    [Fact]
    public void AgreesWithHighPrecision() =>
        SpecialTable.Check("log_incomplete_beta", row => IncompleteBeta.Log(row[0], row[1], row[2], 1 - row[2]), 1e-13, 1e-13);

    [Fact]
    public void TheCompleteFunctionAgreesWithHighPrecision() =>
        SpecialTable.Check("log_beta", row => IncompleteBeta.LogComplete(row[0], row[1]), 1e-14, 2e-14);

    [Theory]
    [InlineData(0.4, 0.3)]
    [InlineData(12, 0.7)]
    [InlineData(3e5, 0.6)]
    public void SwappingTheSidesGivesTheComplement(double a, double x) =>
        Agree.Relatively(
            1,
            Math.Exp(IncompleteBeta.Log(a, 0.7 * a, x, 1 - x)) + Math.Exp(IncompleteBeta.Log(0.7 * a, a, 1 - x, x)),
            1e-15,
            $"{a}, {x}");

    [Fact]
    public void EndsAreExact()
    {
        Assert.Equal(double.NegativeInfinity, IncompleteBeta.Log(2, 3, 0, 1));
        Assert.Equal(0, IncompleteBeta.Log(2, 3, 1, 0));
        Assert.True(double.IsNaN(IncompleteBeta.Log(2, 3, double.NaN, double.NaN)));
    }
}
