using Calibrate.Numerics.Distributions.Special;

namespace Calibrate.Numerics.Tests.Distributions.Special;

public class OwenTTests
{
    [Fact]
    public void AgreesWithHighPrecisionDownToTheSmallestValues() =>
        SpecialTable.Check("owen_t", row => OwenT.Of(row[0], row[1]), 1e-13);

    [Theory]
    [InlineData(0.3)]
    [InlineData(2)]
    [InlineData(-5)]
    public void IsEvenInItsFirstArgumentAndOddInItsSecond(double h)
    {
        Assert.Equal(OwenT.Of(h, 0.7), OwenT.Of(-h, 0.7));
        Assert.Equal(-OwenT.Of(h, 0.7), OwenT.Of(h, -0.7));
        Assert.Equal(0, OwenT.Of(h, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.8)]
    [InlineData(6)]
    public void AnEndlessSlopeLeavesHalfTheTail(double h) =>
        Agree.Relatively(0.5 * StandardNormal.Cdf(-h), OwenT.Of(h, 1e300), 1e-14, $"T({h}, inf)");
}
