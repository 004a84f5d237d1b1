using System.Diagnostics;
using System.Text.Json;
using Calibrate.Inference.Digest;
using Calibrate.Inference.Kernel;
using Calibrate.Models.LogDensities;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Parameters;

namespace Calibrate.Benchmarks.Kernel;

/// <summary>
/// Walker steps per second of the stretch kernel on a correlated 5-D Gaussian with 32 walkers, one core: every iteration kept
/// in memory (touched beforehand), digest on, no journal. The peer is <c>benchmarks/peers/emcee_gaussian.py</c>.
/// </summary>
internal static class GaussianBenchmark
{
    private const int Dimension = 5;
    private const int Walkers = 32;
    private const int Iterations = 160_000;
    private const int SliceIterations = 4_000;
    private const int Repetitions = 6;

    public static int Run(string[] arguments)
    {
        LogDensityLikelihood likelihood = new(LogDensity.Gaussian(Mean(), Covariance()));
        StretchKernel kernel = new(new StretchSettings(PhiloxKey.FromSeed(1), 0, Walkers, new UnboundedSpace(Dimension)));
        Chain chain = new(likelihood);
        chain.Advance(kernel, likelihood); // compiles the kernel and touches the memory
        chain.Advance(kernel, likelihood);
        long warmUp = chain.Accepted;
        List<double> slices = [];
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            slices.AddRange(chain.Advance(kernel, likelihood));
        }

        double steps = (double)Walkers * Iterations * Repetitions;
        double seconds = slices.Sum();
        double sliceSteps = (double)Walkers * SliceIterations;
        slices.Sort();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "kernel-gaussian",
            dimension = Dimension,
            walkers = Walkers,
            walker_steps = steps,
            seconds,
            walker_steps_per_second = steps / seconds,
            median_slice_per_second = sliceSteps / slices[slices.Count / 2],
            best_slice_per_second = sliceSteps / slices[0],
            acceptance = (chain.Accepted - warmUp) / steps,
            digest = chain.Digest.ToString(),
            machine = Machine.Description,
        }));
        return 0;
    }

    private static double[] Mean() => [0, 1, 2, 3, 4];

    /// <summary>Standard deviations 1 to 5, correlation 0.5^|i - j|.</summary>
    private static double[][] Covariance() =>
        [.. Enumerable.Range(0, Dimension).Select(i =>
            Enumerable.Range(0, Dimension).Select(j => (i + 1) * (j + 1) * Math.Pow(0.5, Math.Abs(i - j))).ToArray())];

    /// <summary>An ensemble and the memory of its chain, used again in every repetition.</summary>
    private sealed class Chain
    {
        private readonly double[] positions = new double[Dimension * Walkers];
        private readonly double[] targets = new double[Walkers];
        private readonly double[] logPosteriors = new double[Walkers];
        private readonly double[] positionRows = new double[(long)Iterations * Dimension * Walkers];
        private readonly double[] logPosteriorRows = new double[Iterations * Walkers];
        private readonly ulong[] digests = new ulong[2 * Iterations];
        private readonly long[] acceptedByWalker = new long[Walkers];
        private int iteration;

        public Chain(LogDensityLikelihood likelihood)
        {
            for (int walker = 0; walker < Walkers; walker++)
            {
                for (int j = 0; j < Dimension; j++)
                {
                    PhiloxCounter counter = PhiloxCounter.Of(walker, 0, 0, RandomPurpose.InitialBall, j);
                    positions[(j * Walkers) + walker] = Philox.Block(PhiloxKey.FromSeed(1), counter).Uniform01;
                }
            }

            EvaluationBatch batch = new();
            likelihood.Evaluate(Walkers, positions, batch);
            batch.LogLikelihoods.CopyTo(targets);
            batch.LogLikelihoods.CopyTo(logPosteriors);
        }

        public long Accepted { get; private set; }

        public ChainDigest Digest { get; private set; }

        /// <summary>Fills the memory once and returns the seconds that each slice took.</summary>
        public List<double> Advance(StretchKernel kernel, ILikelihood likelihood)
        {
            List<double> seconds = [];
            for (int first = 0; first < Iterations; first += SliceIterations)
            {
                long start = Stopwatch.GetTimestamp();
                Advance(kernel, likelihood, first);
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            return seconds;
        }

        private void Advance(StretchKernel kernel, ILikelihood likelihood, int first)
        {
            EnsembleSpans ensemble = new() { Positions = positions, Targets = targets, LogPosteriors = logPosteriors, Recorded = [] };
            ChainRows rows = new()
            {
                Thin = 1,
                Positions = positionRows.AsSpan(first * Dimension * Walkers),
                LogPosteriors = logPosteriorRows.AsSpan(first * Walkers),
                Recorded = [],
                Digests = digests.AsSpan(2 * first),
                AcceptedByWalker = acceptedByWalker,
            };
            KernelProgress progress = kernel.Advance(likelihood, ensemble, iteration, iteration + SliceIterations, Digest, rows);
            Digest = progress.Digest;
            Accepted += progress.Accepted;
            iteration += SliceIterations;
        }
    }
}
