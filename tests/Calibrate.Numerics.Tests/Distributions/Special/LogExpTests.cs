using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Tests.Distributions.Special;

public class LogExpTests
{
    [Fact]
    public void LogOnePlusAgreesWithHighPrecision() =>
        SpecialTable.Check("log_one_plus", row => LogExp.LogOnePlus(row[0]), 8e-16);

    [Fact]
    public void ExpMinusOneAgreesWithHighPrecision() =>
        SpecialTable.Check("exp_minus_one", row => LogExp.ExpMinusOne(row[0]), 8e-16);

    [Fact]
    public void LogOneMinusExpAgreesWithHighPrecision() =>
        SpecialTable.Check("log_one_minus_exp", row => LogExp.LogOneMinusExp(row[0]), 8e-16, double.Epsilon);

    [Fact]
    public void InfinitiesPassThrough()
    {
        Assert.Equal(double.PositiveInfinity, LogExp.LogOnePlus(double.PositiveInfinity));
        Assert.Equal(double.PositiveInfinity, LogExp.ExpMinusOne(1000));
        Assert.Equal(-1, LogExp.ExpMinusOne(double.NegativeInfinity));
        Assert.Equal(0, LogExp.LogOneMinusExp(double.NegativeInfinity));
        Assert.Equal(double.NegativeInfinity, LogExp.LogOneMinusExp(0));
        Assert.Equal(double.NegativeInfinity, LogExp.LogSumExp(double.NegativeInfinity, double.NegativeInfinity));
    }

    [Fact]
    public void SumsOfExponentialsDoNotOverflow()
    {
        Agree.Relatively(1000 + Math.Log(2), LogExp.LogSumExp(1000, 1000), 1e-15, "equal");
        Agree.Relatively(3, LogExp.LogSumExp(3, -1000), 1e-15, "one dominates");
        Agree.Relatively(2 * Math.Log(1e200), LogExp.LogOnePlusSquare(1e200), 1e-15, "square");
        Agree.Relatively(1e-20, LogExp.LogOnePlusSquare(-1e-10), 1e-15, "small square");
    }
}
