using Calibrate.Inference.Kernel;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;
using System.Runtime.Intrinsics.X86;

namespace Calibrate.Inference.Tests.Kernel;

public class WideStretchStepperTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void EveryPathSamplesTheSameChainForAnyNumberOfWalkers(int dimension)
    {
        int[] walkerCounts = [4, 6, 10, 14, 16, 18, 20, 30, 32, 34, 40, 46, 64, 66, 80, 130, 300];
        foreach (int walkers in walkerCounts.Where(count => count >= 2 * dimension))
        {
            StretchSettings settings = new(PhiloxKey.FromSeed(11), 2, walkers, new UnboundedSpace(dimension), Scale: dimension == 2 ? 2.5 : 2);
            LogDensityLikelihood likelihood = new(QuadraticDensity.Standard(dimension));
            KernelRun plain = new KernelRun(settings, likelihood).Advance(KernelPath.Plain, 60);
            foreach (KernelPath path in WidePaths)
            {
                KernelRun wide = new KernelRun(settings, likelihood).Advance(path, 60);
                Assert.Equal(plain.Digests, wide.Digests);
                Assert.Equal(plain.Positions, wide.Positions);
                Assert.Equal(plain.LogPosteriors, wide.LogPosteriors);
                Assert.Equal(plain.AcceptedByWalker, wide.AcceptedByWalker);
                Assert.Equal(plain.Evaluations, wide.Evaluations);
                Assert.Equal(plain.CurrentTargets, wide.CurrentTargets);
            }
        }
    }

    private static KernelPath[] WidePaths => Avx512F.IsSupported ? [KernelPath.Memory, KernelPath.Registers] : [KernelPath.Memory];
}
