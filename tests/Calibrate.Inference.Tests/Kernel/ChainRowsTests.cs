using Calibrate.Inference.Kernel;

namespace Calibrate.Inference.Tests.Kernel;

public class ChainRowsTests
{
    [Theory]
    [InlineData(0, 10, 1, 10)]
    [InlineData(0, 10, 3, 3)]
    [InlineData(3, 9, 3, 2)]
    [InlineData(4, 5, 3, 0)]
    [InlineData(5, 5, 1, 0)]
    public void CountsTheMultiplesOfTheThinningInterval(int from, int to, int thin, int expected) =>
        Assert.Equal(expected, ChainRows.Count(from, to, thin));
}
