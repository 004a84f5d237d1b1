using Calibrate.Inference.Kernel;
using Calibrate.Inference.Moves;
using Calibrate.Numerics;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Kernel;

public class StepVariatesTests
{
    [Theory]
    [InlineData(4, 2.0)]
    [InlineData(22, 1.7)]
    [InlineData(32, 2.0)]
    [InlineData(70, 3.0)]
    public unsafe void NumbersAreThoseOfTheFormulas(int walkers, double scale)
    {
        PhiloxKey key = PhiloxKey.FromSeed(31);
        StretchSettings settings = new(key, 5, walkers, new UnboundedSpace(4), Scale: scale);
        WideLayout layout = new(walkers);
        PinnedMemory memory = new(StepVariates.Pieces * layout.Stride, StepVariates.Pieces);
        StepVariates variates = new(settings, layout, memory);
        foreach (int iteration in (int[])[1, 2, 1000, int.MaxValue])
        {
            variates.Draw(iteration);
            for (int walker = 0; walker < walkers; walker++)
            {
                PhiloxBlock first = Philox.Block(key, PhiloxCounter.Of(walker, iteration, 5, RandomPurpose.Step));
                PhiloxBlock second = Philox.Block(key, PhiloxCounter.Of(walker, iteration, 5, RandomPurpose.Step, 1));
                double factor = StretchFormulas.Factor(first.Uniform23, scale);
                Assert.Equal(first.W0, variates.SplitWords[walker]);
                Assert.Equal((ulong)RandomBits.Index(first.W1, walkers / 2), variates.HelperRanks[walker]);
                Assert.Equal(factor, variates.Factors[walker]);
                Assert.Equal(StretchFormulas.LogFactor(4, factor), variates.LogFactors[walker]);
                Assert.Equal(Elementary.Log(second.Uniform01), variates.LogUniforms[walker]);
            }

            for (int lane = walkers; lane < layout.Stride; lane++)
            {
                Assert.Equal(uint.MaxValue, variates.SplitWords[lane]);
            }
        }

        GC.KeepAlive(memory);
    }
}
