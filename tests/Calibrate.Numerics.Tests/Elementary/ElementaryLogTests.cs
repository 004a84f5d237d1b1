using System.Runtime.Intrinsics;

namespace Calibrate.Numerics.Tests;

public class ElementaryLogTests
{
    [Fact]
    public void ErrorIsBelowOneUnitInTheLastPlace()
    {
        Assert.All(PreciseTable.Rows("log"), row =>
            Assert.InRange(PreciseTable.UnitsInTheLastPlace(Elementary.Log(row.X), row.High, row.Low), 0, 1));
    }

    [Theory]
    [InlineData(0.0, double.NegativeInfinity)]
    [InlineData(1.0, 0.0)]
    [InlineData(-1.0, double.NaN)]
    [InlineData(-double.Epsilon, double.NaN)]
    [InlineData(double.NegativeInfinity, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void EdgesOfTheDomain(double x, double expected) => Assert.Equal(expected, Elementary.Log(x));

    [Fact]
    public void NegativeZeroIsZero() => Assert.Equal(double.NegativeInfinity, Elementary.Log(-0.0));

    [Fact]
    public void StaysWithinTwoUnitsOfThePlatformEverywhere()
    {
        foreach (double x in ArgumentSamples.PositiveDoubles(200_000))
        {
            double platform = Math.Log(x);
            double unit = Math.BitIncrement(Math.Abs(platform)) - Math.Abs(platform);
            Assert.True(Math.Abs(Elementary.Log(x) - platform) <= 2 * unit, $"log({x:R})");
        }
    }

    [Fact]
    public void EightAtATimeGiveTheSameBits()
    {
        double[] points = [.. ArgumentSamples.PositiveDoubles(8_000), .. ArgumentSamples.Awkward];
        for (int first = 0; first + 8 <= points.Length; first++)
        {
            Vector512<double> logs = Elementary.Log(Vector512.Create(points, first));
            for (int lane = 0; lane < 8; lane++)
            {
                Assert.Equal(
                    BitConverter.DoubleToInt64Bits(Elementary.Log(points[first + lane])),
                    BitConverter.DoubleToInt64Bits(logs[lane]));
            }
        }
    }
}
