using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Tests.Distributions.Special;

public class StudentTailTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(1e8)]
    public void FractionAndQuadratureMeetWhereTheyChangeOver(double t) =>
        Agree.Relatively(new StudentTail(Math.BitDecrement(20.0)).Log(t), new StudentTail(20).Log(t), 4e-14, $"tail beyond {t}");

    [Fact]
    public void FarOutTheLeadingTermTakesOverWithoutASeam()
    {
        var tail = new StudentTail(3);
        double boundary = 1e100 * Math.Sqrt(3);
        Agree.Relatively(tail.Log(boundary * 0.999999), tail.Log(boundary * 1.000001) + (3 * Math.Log(1.000001 / 0.999999)), 1e-14, "tail");
    }

    [Theory]
    [InlineData(1e10)]
    [InlineData(1e15)]
    public void ManyDegreesOfFreedomApproachTheNormalTail(double nu) =>
        Agree.Relatively(StandardNormal.LogCdf(-5), new StudentTail(nu).Log(5), 1e-14 + (200 / nu), $"nu = {nu}");
}
