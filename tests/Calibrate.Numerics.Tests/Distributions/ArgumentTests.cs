using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public class ArgumentTests
{
    [Theory]
    [InlineData(1.3, "1.3")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(1e-300, "1E-300")]
    [InlineData(0.30000000000000004, "0.30000000000000004")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.NaN, "nan")]
    public void NumbersAreWrittenToReadBackInAnyCulture(double value, string text) => Assert.Equal(text, Argument.Number(value));

    [Fact]
    public void CallsListTheirNumbers()
    {
        Assert.Equal("uniform(-1, 3)", Argument.Call("uniform", -1, 3));
        Assert.Equal("flat()", Argument.Call("flat"));
    }

    [Theory]
    [InlineData(1e11)]
    [InlineData(1e-11)]
    public void AShapeBeyondWhatTheSeriesCanDoIsRefused(double shape) =>
        Assert.Equal(
            $"gamma: shape must lie between 1E-10 and 10000000000, found {Argument.Number(shape)}",
            Assert.Throws<ArgumentOutOfRangeException>(() => new Gamma(shape, 1)).Message);

    [Fact]
    public void RefusalsCarryTheMessageAlone()
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => Argument.Positive("gamma", "rate", -1));
        Assert.Equal("gamma: rate must be positive and finite, found -1", refusal.Message);
        Assert.Null(refusal.ParamName);
    }
}
