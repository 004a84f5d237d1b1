using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class DrawScreenTests
{
    [Fact]
    public void Moments_are_those_of_all_chains_together()
    {
        var draws = new TestNoise(24).Autoregression(5, 101, 0.5);
        var screen = DrawScreen.Of(draws);
        var all = draws.All.ToArray();
        Near.Absolute(NaiveDiagnostics.Mean(all), screen.Moments.Mean, 1e-14);
        Near.Relative(NaiveDiagnostics.Variance(all), screen.Moments.Variance, 1e-13);
        Near.Relative(all.Average(x => Math.Pow(x - 0.3, 4)), DrawScreen.FourthMoment(draws, 0.3), 1e-13);
        Assert.True(screen.IsFinite);
    }

    [Theory]
    [InlineData(1.0, 2.0, false, false)]
    [InlineData(1.0, double.NaN, true, false)]
    [InlineData(double.PositiveInfinity, 1.0, false, true)]
    [InlineData(double.PositiveInfinity, double.NegativeInfinity, false, true)]
    [InlineData(double.NegativeInfinity, double.NaN, true, true)]
    [InlineData(double.MaxValue, double.MaxValue, false, false)]
    public void Says_what_is_not_finite(double first, double second, bool hasNaN, bool hasInfinity)
    {
        var screen = DrawScreen.Of(new DrawMatrix([first, 0.0, second, 0.0], 2, 2));
        Assert.Equal((hasNaN, hasInfinity), (screen.HasNaN, screen.HasInfinity));
    }
}
