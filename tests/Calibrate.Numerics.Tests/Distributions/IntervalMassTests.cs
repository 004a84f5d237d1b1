using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public class IntervalMassTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1e-9, 1)]
    [InlineData(3, 3.0000001)]
    [InlineData(300, 300.00001)]
    [InlineData(300, 900)]
    public void AnExponentialIntervalHasItsClosedForm(double lower, double upper)
    {
        // -2 lower + ln(1 - e^(-2 (upper - lower)))
        double width = upper - lower;
        double expected = (-2 * lower) + Math.Log(width < 1e-4 ? (2 * width) - (2 * width * width) : 1 - Math.Exp(-2 * width));
        Agree.Relatively(expected, IntervalMass.Log(new Exponential(2), lower, upper), 1e-11, $"[{lower}, {upper}]");
    }

    [Fact]
    public void ANarrowIntervalAcrossAKinkIsTwoPieces()
    {
        var laplace = new Laplace(0, 1);
        const double Left = 1e-5;
        const double Right = 3e-5;
        double expected = Math.Log(0.5 * (Left + Right)) - (((Left * Left) + (Right * Right)) / 2 / (Left + Right));
        Agree.Relatively(expected, IntervalMass.Log(laplace, -Left, Right), 1e-10, "mass");
    }

    [Fact]
    public void AnEmptyOrImpossibleIntervalHasNoMass()
    {
        var exponential = new Exponential(2);
        Assert.Equal(double.NegativeInfinity, IntervalMass.Log(exponential, 2, 2));
        Assert.Equal(double.NegativeInfinity, IntervalMass.Log(exponential, -5, -1));
        Assert.Equal(double.NegativeInfinity, IntervalMass.Log(new Normal(0, 1), 1e200, 1e201));
        Assert.Equal(0, IntervalMass.Log(exponential, -5, double.PositiveInfinity));
    }
}
