using System.Runtime.Intrinsics;
using Calibrate.Numerics.Random;

namespace Calibrate.Numerics.Tests.Random;

public class PhiloxEightBlocksTests
{
    [Fact]
    public void UniformsAreThoseOfTheSingleBlocks()
    {
        PhiloxKey key = PhiloxKey.FromSeed(5);
        PhiloxEight philox = new(key);
        for (uint iteration = 0; iteration < 500; iteration++)
        {
            PhiloxCounter counter = new(0, iteration, 1, 0);
            PhiloxEightBlocks blocks = philox.Blocks(Vector512<ulong>.Indices, counter);
            Vector512<double> first = blocks.Uniform01;
            Vector512<double> second = blocks.Uniform23;
            for (int lane = 0; lane < 8; lane++)
            {
                PhiloxBlock expected = Philox.Block(key, counter with { Walker = (uint)lane });
                Assert.Equal((expected.Uniform01, expected.Uniform23), (first[lane], second[lane]));
            }
        }
    }
}
