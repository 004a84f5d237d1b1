using System.Runtime.Intrinsics;

namespace Calibrate.Numerics.Tests;

public class ElementaryExpTests
{
    [Fact]
    public void ErrorIsBelowOneUnitInTheLastPlace()
    {
        Assert.All(PreciseTable.Rows("exp"), row =>
            Assert.InRange(PreciseTable.UnitsInTheLastPlace(Elementary.Exp(row.X), row.High, row.Low), 0, 1));
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(709.79, double.PositiveInfinity)]
    [InlineData(1e300, double.PositiveInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(-745.14, 0.0)]
    [InlineData(-1e300, 0.0)]
    [InlineData(double.NegativeInfinity, 0.0)]
    [InlineData(double.NaN, double.NaN)]
    public void EdgesOfTheRange(double x, double expected) => Assert.Equal(expected, Elementary.Exp(x));

    [Fact]
    public void StaysWithinTwoUnitsOfThePlatformEverywhere()
    {
        foreach (double x in ArgumentSamples.Uniform(200_000, -745, 709.7))
        {
            double platform = Math.Exp(x);
            double unit = Math.BitIncrement(platform) - platform;
            Assert.True(Math.Abs(Elementary.Exp(x) - platform) <= 2 * unit, $"exp({x:R})");
        }
    }

    [Fact]
    public void EightAtATimeGiveTheSameBits()
    {
        double[] points = [.. ArgumentSamples.Uniform(8_000, -750, 712), .. ArgumentSamples.Awkward];
        for (int first = 0; first + 8 <= points.Length; first++)
        {
            Vector512<double> powers = Elementary.Exp(Vector512.Create(points, first));
            for (int lane = 0; lane < 8; lane++)
            {
                Assert.Equal(
                    BitConverter.DoubleToInt64Bits(Elementary.Exp(points[first + lane])),
                    BitConverter.DoubleToInt64Bits(powers[lane]));
            }
        }
    }
}
