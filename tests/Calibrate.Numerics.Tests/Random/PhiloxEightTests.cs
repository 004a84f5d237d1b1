using System.Runtime.Intrinsics;
using Calibrate.Numerics.Random;

namespace Calibrate.Numerics.Tests.Random;

public class PhiloxEightTests
{
    private static readonly Vector512<ulong> Walkers = Vector512.Create(0UL, 1, 2, 3, 1000, 77777, 0x80000000, 0xFFFFFFFF);

    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xfffffffeu)]
    [InlineData(0x89abcdefu, 0x01234567u, 123456u, 3u, 0x00020007u)]
    public void EveryLaneIsTheBlockOfItsWalker(uint keyLow, uint keyHigh, uint iteration, uint ensemble, uint purposeAndBlock)
    {
        PhiloxKey key = new(keyLow, keyHigh);
        PhiloxCounter counter = new(12345, iteration, ensemble, purposeAndBlock);
        AssertBlocks(key, counter, Walkers, new PhiloxEight(key).Blocks(Walkers, counter));
    }

    [Theory]
    [InlineData(1UL, 0, 0)]
    [InlineData(0xFEDCBA9876543210UL, 2_000_000_000, 7)]
    public void PairsAreNeighbouringBlocks(ulong seed, int iteration, int ensemble)
    {
        PhiloxKey key = PhiloxKey.FromSeed(seed);
        PhiloxCounter counter = PhiloxCounter.Of(0, iteration, ensemble, RandomPurpose.ProposalNormals, 4);
        PhiloxCounter next = PhiloxCounter.Of(0, iteration, ensemble, RandomPurpose.ProposalNormals, 5);
        Vector512<ulong> others = Vector512.Create(9UL) + Vector512<ulong>.Indices;
        new PhiloxEight(key).BlockPairs(
            Walkers, others, counter, out PhiloxEightBlocks first, out PhiloxEightBlocks second, out PhiloxEightBlocks otherFirst, out PhiloxEightBlocks otherSecond);
        AssertBlocks(key, counter, Walkers, first);
        AssertBlocks(key, next, Walkers, second);
        AssertBlocks(key, counter, others, otherFirst);
        AssertBlocks(key, next, others, otherSecond);
    }

    [Fact]
    public void ProductsTakeTheLowHalvesOnly()
    {
        Vector512<ulong> a = Vector512.Create(0x12345678_FFFFFFFFUL);
        Vector512<ulong> b = Vector512.Create(0x9ABCDEF0_FFFFFFFFUL);
        Assert.Equal(Vector512.Create(0xFFFFFFFFUL * 0xFFFFFFFFUL), PhiloxEight.MultiplyLow(a, b));
    }

    private static void AssertBlocks(PhiloxKey key, PhiloxCounter counter, Vector512<ulong> walkers, PhiloxEightBlocks blocks)
    {
        for (int lane = 0; lane < 8; lane++)
        {
            PhiloxBlock expected = Philox.Block(key, counter with { Walker = (uint)walkers[lane] });
            Assert.Equal((expected.W0, expected.W1), (blocks.W0[lane], blocks.W1[lane]));
            Assert.Equal((expected.W2, expected.W3), (blocks.W2[lane], blocks.W3[lane]));
        }
    }
}
