using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class StayWordsTests
{
    [Theory]
    [InlineData(1, 8, 256)]
    [InlineData(1000, 18, 256)]
    [InlineData(20_000_000, 32, 128)]
    [InlineData(int.MaxValue, 32, 2)]
    public void Length_takes_the_bits_that_the_index_leaves(int draws, int bits, int maximumLength)
    {
        var stays = new StayWords(draws);
        Assert.Equal((bits, maximumLength), (stays.Bits, stays.MaximumLength));
        foreach (var (first, length) in new[] { (0, 1), (draws - 1, 1), (draws / 2, maximumLength) })
        {
            var packed = stays.Pack(first, length);
            Assert.Equal((first, length), (stays.First(packed), stays.Length(packed)));
            Assert.True((ulong)packed < 1UL << bits);
        }
    }
}
