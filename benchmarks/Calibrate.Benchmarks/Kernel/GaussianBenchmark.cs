using System.Diagnostics;
using System.Runtime.Intrinsics;
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
    private const int Repetitions = 7;

    public static int Run(string[] arguments)
    {
        LogDensityLikelihood likelihood = new(LogDensity.Gaussian(Mean(), Covariance()));
        StretchKernel kernel = new(new StretchSettings(PhiloxKey.FromSeed(1), 0, Walkers, new UnboundedSpace(Dimension)));
        Chain chain = new(likelihood);
        List<double> seconds = [];
        for (int repetition = -2; repetition < Repetitions; repetition++)
        {
            long start = Stopwatch.GetTimestamp();
            chain.Advance(kernel, likelihood);
            if (repetition >= 0)
            {
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }

        seconds.Sort();
        double median = seconds[Repetitions / 2];
        double steps = (double)Walkers * Iterations;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "kernel-gaussian",
            dimension = Dimension,
            walkers = Walkers,
            walker_steps = steps,
            seconds = median,
            walker_steps_per_second = steps / median,
            best_walker_steps_per_second = steps / seconds[0],
            acceptance = chain.Accepted / (steps * (Repetitions + 2)),
            digest = chain.Digest.ToString(),
            vector_bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128,
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

        public void Advance(StretchKernel kernel, ILikelihood likelihood)
        {
            EnsembleSpans ensemble = new() { Positions = positions, Targets = targets, LogPosteriors = logPosteriors, Recorded = [] };
            ChainRows rows = new()
            {
                Thin = 1,
                Positions = positionRows,
                LogPosteriors = logPosteriorRows,
                Recorded = [],
                Digests = digests,
                AcceptedByWalker = acceptedByWalker,
            };
            KernelProgress progress = kernel.Advance(likelihood, ensemble, iteration, iteration + Iterations, Digest, rows);
            Digest = progress.Digest;
            Accepted += progress.Accepted;
            iteration += Iterations;
        }
    }
}
