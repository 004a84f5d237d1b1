using Calibrate.Inference.Kernel;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;
using System.Runtime.Intrinsics.X86;

namespace Calibrate.Inference.Tests.Kernel;

/// <summary>Every wide path against the plain stepper: the same chain to the last bit.</summary>
public class WideStretchStepperTests
{
    private static readonly int[] WalkerCounts = [4, 6, 10, 14, 16, 18, 20, 30, 32, 34, 40, 46, 64, 66, 80, 130, 300];

    private static KernelPath[] WidePaths => Avx512F.IsSupported ? [KernelPath.Memory, KernelPath.Registers] : [KernelPath.Memory];

    [Theory]
    [InlineData(1, 2.0)]
    [InlineData(2, 2.5)]
    [InlineData(5, 2.0)]
    public void AnyNumberOfWalkersGivesTheSameChain(int dimension, double scale)
    {
        foreach (int walkers in WalkerCounts.Where(count => count >= 2 * dimension))
        {
            StretchSettings settings = new(PhiloxKey.FromSeed(11), 2, walkers, new UnboundedSpace(dimension), Scale: scale);
            LogDensityLikelihood likelihood = new(QuadraticDensity.Standard(dimension));
            AssertSame(() => new KernelRun(settings, likelihood), 50);
        }
    }

    [Fact]
    public void PriorsTransformsRecordedOutputsAndFailuresGiveTheSameChain()
    {
        foreach (int walkers in WalkerCounts.Where(count => count >= 6))
        {
            StretchSettings settings = new(PhiloxKey.FromSeed(12), 0, walkers, new PositiveSpace(3, limit: 3), RecordedCount: 2);
            AssertSame(() => new KernelRun(settings, new RecordingLikelihood(4, failAbove: 2)), 50);
        }
    }

    [Fact]
    public void PathsMayAlternateAtAnyIteration()
    {
        StretchSettings settings = new(PhiloxKey.FromSeed(13), 0, 20, new PositiveSpace(3), RecordedCount: 2);
        KernelRun plain = new KernelRun(settings, new RecordingLikelihood(4)).Advance(KernelPath.Plain, 40);
        KernelRun mixed = new KernelRun(settings, new RecordingLikelihood(4))
            .Advance(KernelPath.Memory, 7).Advance(WidePaths[^1], 20).Advance(KernelPath.Plain, 1).Advance(WidePaths[^1], 12);
        Assert.Equal(plain.Digest, mixed.Digest);
        Assert.Equal(plain.Current, mixed.Current);
    }

    private static void AssertSame(Func<KernelRun> start, int iterations)
    {
        FailureList plainFailures = new();
        KernelRun plain = start().Advance(KernelPath.Plain, iterations, observer: plainFailures);
        Assert.True(plain.Accepted > 0);
        foreach (KernelPath path in WidePaths)
        {
            FailureList wideFailures = new();
            KernelRun wide = start().Advance(path, iterations, observer: wideFailures);
            Assert.Equal(plain.Digests, wide.Digests);
            Assert.Equal(plain.Positions, wide.Positions);
            Assert.Equal(plain.LogPosteriors, wide.LogPosteriors);
            Assert.Equal(plain.Recorded, wide.Recorded);
            Assert.Equal(plain.AcceptedByWalker, wide.AcceptedByWalker);
            Assert.Equal(plain.Accepted, wide.Accepted);
            Assert.Equal(plain.Evaluations, wide.Evaluations);
            Assert.Equal(plain.CurrentTargets, wide.CurrentTargets);
            Assert.Equal(plainFailures.Entries, wideFailures.Entries);
            Assert.Equal(plainFailures.Natural, wideFailures.Natural);
        }
    }
}
