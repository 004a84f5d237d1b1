using Calibrate.Inference.Digest;
using Calibrate.Inference.Kernel;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Kernel;

public class StretchKernelTests
{
    /// <summary>Frozen: another digest means that every chain ever sampled would come out differently.</summary>
    [Theory]
    [InlineData(10, "88b9dd2e3a3130f7b204211edfe6a932")]
    [InlineData(32, "2e8e35d0636a29b44ebd0e2655c2fd49")]
    [InlineData(80, "36baa3e5b47914c4222afd71312f4635")]
    public void ChainsNeverChange(int walkers, string digest) =>
        Assert.Equal(digest, Start(walkers).Advance(new StretchKernel(Settings(walkers)), 1000).Digest.ToString());

    [Fact]
    public void BlockBoundariesDoNotMatter()
    {
        KernelRun whole = Start(20).Advance(new StretchKernel(Settings(20)), 60);
        KernelRun parts = Start(20);
        StretchKernel kernel = new(Settings(20));
        List<double> positions = [];
        List<ulong> digests = [];
        foreach (int iterations in (int[])[1, 29, 0, 30])
        {
            parts.Advance(kernel, iterations);
            positions.AddRange(parts.Positions);
            digests.AddRange(parts.Digests);
        }

        Assert.Equal(whole.Positions, positions);
        Assert.Equal(whole.Digests, digests);
        Assert.Equal(whole.AcceptedByWalker, parts.AcceptedByWalker);
    }

    [Fact]
    public void ThinningKeepsTheMultiplesAndTheDigest()
    {
        const int rowLength = 20 * 3;
        KernelRun whole = Start(20).Advance(new StretchKernel(Settings(20)), 50);
        KernelRun thinned = Start(20).Advance(new StretchKernel(Settings(20)), 50, thin: 7);
        Assert.Equal(whole.Digests, thinned.Digests);
        Assert.Equal(7 * rowLength, thinned.Positions.Length);
        for (int row = 0; row < 7; row++)
        {
            int iteration = 7 * (row + 1);
            Assert.Equal(whole.Positions.AsSpan((iteration - 1) * rowLength, rowLength), thinned.Positions.AsSpan(row * rowLength, rowLength));
            Assert.Equal(whole.LogPosteriors.AsSpan((iteration - 1) * 20, 20), thinned.LogPosteriors.AsSpan(row * 20, 20));
        }
    }

    [Fact]
    public void RowsAndDigestsDescribeTheEnsemble()
    {
        KernelRun run = Start(20);
        StretchKernel kernel = new(Settings(20));
        ChainDigest digest = ChainDigest.Empty;
        for (int iteration = 1; iteration <= 10; iteration++)
        {
            long[] before = [.. run.AcceptedByWalker];
            run.Advance(kernel, 1);
            byte[] accepted = [.. run.AcceptedByWalker.Select((count, w) => (byte)(count - before[w]))];
            digest = digest.Advance(iteration, accepted, run.LogPosteriors, run.Positions, 20, 3);
            Assert.Equal(digest, run.Digest);
            Assert.Equal(run.Current, run.Positions);
            Assert.Equal([digest.First, digest.Second], run.Digests);
        }

        Assert.Equal(run.Accepted, run.AcceptedByWalker.Sum());
        Assert.Equal(200, run.Evaluations);
    }

    [Fact]
    public void NothingIsAllocatedPerIteration()
    {
        StretchKernel kernel = new(Settings(32));
        KernelRun run = Start(32);
        run.Advance(kernel, 10);
        long small = Allocated(() => run.Advance(kernel, 100, thin: 1000));
        long large = Allocated(() => run.Advance(kernel, 300, thin: 1000));
        Assert.Equal(200 * 2 * sizeof(ulong), large - small); // the digests array of the test itself
    }

    [Fact]
    public void ShortSpansAreRefused()
    {
        StretchKernel kernel = new(Settings(8));
        LogDensityLikelihood likelihood = new(QuadraticDensity.Standard(3));
        Assert.Throws<ArgumentException>(() => Run(new double[23], new double[24], new ulong[2]));
        Assert.Throws<ArgumentException>(() => Run(new double[24], new double[23], new ulong[2]));
        Assert.Throws<ArgumentException>(() => Run(new double[24], new double[24], new ulong[1]));
        Run(new double[24], new double[24], new ulong[2]);

        void Run(double[] positions, double[] rowPositions, ulong[] digests) => kernel.Advance(
            likelihood,
            new EnsembleSpans { Positions = positions, Targets = new double[8], LogPosteriors = new double[8], Recorded = [] },
            0,
            1,
            ChainDigest.Empty,
            new ChainRows
            {
                Thin = 1,
                Positions = rowPositions,
                LogPosteriors = new double[8],
                Recorded = [],
                Digests = digests,
                AcceptedByWalker = new long[8],
            });
    }

    private static StretchSettings Settings(int walkers) => new(PhiloxKey.FromSeed(2), 1, walkers, new UnboundedSpace(3));

    private static KernelRun Start(int walkers) => new(Settings(walkers), new LogDensityLikelihood(QuadraticDensity.Standard(3)));

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
