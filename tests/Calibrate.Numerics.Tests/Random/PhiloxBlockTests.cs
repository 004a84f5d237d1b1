using Calibrate.Numerics.Random;

namespace Calibrate.Numerics.Tests.Random;

public class PhiloxBlockTests
{
    [Fact]
    public void UniformsAreMadeOfTheirOwnPairOfWords()
    {
        PhiloxBlock block = new(0x40000000, 0, 0xC0000000, 0);
        Assert.Equal(RandomBits.Uniform(0x40000000, 0), block.Uniform01);
        Assert.Equal(RandomBits.Uniform(0xC0000000, 0), block.Uniform23);
    }
}
