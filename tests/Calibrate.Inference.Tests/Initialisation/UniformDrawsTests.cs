using Calibrate.Inference.Initialisation;
using Calibrate.Inference.Tests.Support;
using Calibrate.Numerics.Random;

namespace Calibrate.Inference.Tests.Initialisation;

public class UniformDrawsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public void BlockGivesTwoNumbers(int count)
    {
        double[] uniforms = new double[count];
        UniformDraws.Fill(TestMethods.Key, 3, 8, 1, RandomPurpose.RandomSearch, uniforms);
        for (int n = 0; n < count; n++)
        {
            PhiloxBlock block = Philox.Block(TestMethods.Key, PhiloxCounter.Of(3, 8, 1, RandomPurpose.RandomSearch, n / 2));
            Assert.Equal(n % 2 == 0 ? block.Uniform01 : block.Uniform23, uniforms[n]);
        }
    }
}
