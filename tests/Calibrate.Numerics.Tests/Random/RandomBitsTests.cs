using System.Runtime.Intrinsics;
using Calibrate.Numerics.Random;

namespace Calibrate.Numerics.Tests.Random;

public class RandomBitsTests
{
    [Theory]
    [InlineData(0u, 0u, 1.1102230246251565e-16)]
    [InlineData(0u, 0xfffu, 1.1102230246251565e-16)]
    [InlineData(0u, 0x1000u, 3.3306690738754696e-16)]
    [InlineData(0x80000000u, 0u, 0.5000000000000001)]
    [InlineData(0x7fffffffu, 0xffffffffu, 0.4999999999999999)]
    [InlineData(0xffffffffu, 0xffffffffu, 0.9999999999999999)]
    public void UniformIsTheMidpointOfItsCell(uint w0, uint w1, double expected) =>
        Assert.Equal(expected, RandomBits.Uniform(w0, w1));

    [Theory]
    [InlineData(0u, 7, 0)]
    [InlineData(0xffffffffu, 7, 6)]
    [InlineData(0x80000000u, 7, 3)]
    [InlineData(0x80000000u, 2, 1)]
    [InlineData(0x7fffffffu, 2, 0)]
    [InlineData(0xffffffffu, int.MaxValue, int.MaxValue - 1)]
    public void IndexIsTheHighHalfOfTheProduct(uint word, int n, int expected) => Assert.Equal(expected, RandomBits.Index(word, n));

    [Fact]
    public void EightAtATimeGiveTheSameBits()
    {
        uint[] words = [0, 0xfff, 0x1000, 0x7fffffff, 0x80000000, 0xdeadbeef, 0xfffff000, 0xffffffff];
        foreach (uint other in words)
        {
            Vector512<ulong> first = Vector512.Create([.. words.Select(word => (ulong)word)]);
            Vector512<double> uniforms = RandomBits.Uniform(first, Vector512.Create((ulong)other));
            Vector512<ulong> indices = RandomBits.Index(first, 1000);
            for (int lane = 0; lane < 8; lane++)
            {
                Assert.Equal(RandomBits.Uniform(words[lane], other), uniforms[lane]);
                Assert.Equal((ulong)RandomBits.Index(words[lane], 1000), indices[lane]);
            }
        }
    }
}
