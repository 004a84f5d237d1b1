using Calibrate.Numerics.Random;

namespace Calibrate.Numerics.Tests.Random;

public class PhiloxCounterTests
{
    [Fact]
    public void PurposeStandsInTheHighHalfOfTheLastWord()
    {
        Assert.Equal(new PhiloxCounter(3, 7, 2, 0x0002_0005), PhiloxCounter.Of(3, 7, 2, RandomPurpose.ProposalNormals, 5));
        Assert.Equal(new PhiloxCounter(3, 7, 2, 0), PhiloxCounter.Of(3, 7, 2, RandomPurpose.Step));
    }

    [Theory]
    [InlineData(-1, 0, 0, 0)]
    [InlineData(0, -1, 0, 0)]
    [InlineData(0, 0, -1, 0)]
    [InlineData(0, 0, 0, -1)]
    [InlineData(0, 0, 0, 65536)]
    public void CoordinatesOutOfRangeAreRefused(int walker, int iteration, int ensemble, int block) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PhiloxCounter.Of(walker, iteration, ensemble, RandomPurpose.Step, block));
}
