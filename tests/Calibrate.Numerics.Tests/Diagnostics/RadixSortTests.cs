using Calibrate.Numerics.Diagnostics;

namespace Calibrate.Numerics.Tests.Diagnostics;

public class RadixSortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(32)]
    public void Sorts_by_the_upper_half_and_keeps_the_order_of_equals(int keyBits)
    {
        var noise = new TestNoise(3);
        var keys = Enumerable.Range(0, 5000).Select(_ => (ulong)(noise.Uniform() * Math.Pow(2, keyBits))).ToArray();
        var words = keys.Select((key, i) => (key << 32) | (uint)(5000 - i)).ToArray();
        var expected = words.OrderBy(word => word >> 32).ToArray();
        Assert.Equal(expected, RadixSort.ByUpperHalf((ulong[])words.Clone(), new ulong[words.Length], keyBits).ToArray());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(64)]
    public void Sorts_by_the_top_digit_and_keeps_the_order_of_equals(int bits)
    {
        var noise = new TestNoise(4);
        var words = Enumerable.Range(0, 5000).Select(_ => (ulong)(noise.Uniform() * Math.Pow(2, bits))).ToArray();
        var expected = words.OrderBy(word => word >> (bits - 8)).ToArray();
        Assert.Equal(expected, RadixSort.ByTopDigit(words, new ulong[words.Length], bits).ToArray());
    }
}
