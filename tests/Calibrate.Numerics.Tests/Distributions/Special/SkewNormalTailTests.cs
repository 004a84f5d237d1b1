using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Tests.Distributions.Special;

public class SkewNormalTailTests
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1000)]
    public void TheTwoFormsOfTheShortTailMeet(double shape)
    {
        var tail = new SkewNormalTail(shape);
        double boundary = -1 / Math.Max(1, shape);
        Agree.Relatively(
            tail.LogCdf(boundary * (1 - 1e-12)),
            tail.LogCdf(boundary * (1 + 1e-12)),
            1e-11,
            $"shape {shape}");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(40)]
    public void TheValueAtZeroIsAnAngle(double shape) =>
        Agree.Relatively(Math.Log(Math.Atan(1 / shape) / Math.PI), new SkewNormalTail(shape).LogCdf(0), 1e-14, $"shape {shape}");

    [Theory]
    [InlineData(-2)]
    [InlineData(0.1)]
    [InlineData(1.5)]
    public void AShapeOfOneIsTheLargerOfTwoNormals(double z)
    {
        // The maximum of two independent standard normals has the cdf Phi(z)^2.
        Agree.Relatively(2 * StandardNormal.LogCdf(z), new SkewNormalTail(1).LogCdf(z), 1e-14, $"log cdf at {z}");
    }

    [Fact]
    public void InfinitiesAreTheEnds()
    {
        var tail = new SkewNormalTail(4);
        Assert.Equal((double.NegativeInfinity, 0), (tail.LogCdf(double.NegativeInfinity), tail.LogCdf(double.PositiveInfinity)));
        Assert.Equal((0, double.NegativeInfinity), (tail.LogSurvival(double.NegativeInfinity), tail.LogSurvival(double.PositiveInfinity)));
    }
}
