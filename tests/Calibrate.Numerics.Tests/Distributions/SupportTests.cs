using Calibrate.Numerics.Distributions;

namespace Calibrate.Numerics.Tests.Distributions;

public class SupportTests
{
    [Theory]
    [InlineData(-1, true)]
    [InlineData(2, true)]
    [InlineData(0.5, true)]
    [InlineData(-1.0000001, false)]
    [InlineData(double.PositiveInfinity, false)]
    [InlineData(double.NaN, false)]
    public void EndsBelongToIt(double x, bool inside) => Assert.Equal(inside, new Support(-1, 2).Contains(x));

    [Fact]
    public void TheSharedPartMayBeEmpty()
    {
        Assert.Equal(new Support(0, 2), Support.NonNegative.Intersect(new Support(-1, 2)));
        Support none = new Support(0, 1).Intersect(new Support(2, 3));
        Assert.True(none.Lower > none.Upper);
    }
}
