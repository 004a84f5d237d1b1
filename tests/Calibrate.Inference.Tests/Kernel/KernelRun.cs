using Calibrate.Inference.Digest;
using Calibrate.Inference.Kernel;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests.Kernel;

/// <summary>An ensemble and its chain, driven by a kernel.</summary>
internal sealed class KernelRun
{
    private readonly StretchSettings settings;
    private readonly ILikelihood likelihood;
    private readonly double[] positions;
    private readonly double[] targets;
    private readonly double[] logPosteriors;
    private readonly double[] recorded;

    public KernelRun(StretchSettings settings, ILikelihood likelihood)
    {
        this.settings = settings;
        this.likelihood = likelihood;
        int walkers = settings.Walkers;
        positions = new double[settings.Dimension * walkers];
        for (int k = 0; k < positions.Length; k++)
        {
            PhiloxCounter counter = PhiloxCounter.Of(k % walkers, 0, 0, RandomPurpose.InitialBall, k / walkers);
            positions[k] = 0.25 + (0.5 * Philox.Block(PhiloxKey.FromSeed(99), counter).Uniform01);
        }

        double[] natural = new double[settings.Space.NaturalDimension * walkers];
        double[] logPriors = new double[walkers];
        double[] logJacobians = new double[walkers];
        settings.Space.Evaluate(walkers, positions, natural, logPriors, logJacobians);
        EvaluationBatch batch = new();
        likelihood.Evaluate(walkers, natural, batch);
        logPosteriors = [.. Enumerable.Range(0, walkers).Select(w => batch.LogLikelihoods[w] + logPriors[w])];
        targets = [.. Enumerable.Range(0, walkers).Select(w => logPosteriors[w] + logJacobians[w])];
        recorded = batch.Recorded.ToArray();
        AcceptedByWalker = new long[walkers];
    }

    public int Iteration { get; private set; }

    public ChainDigest Digest { get; private set; }

    public long Accepted { get; private set; }

    public long Evaluations { get; private set; }

    public long[] AcceptedByWalker { get; }

    /// <summary>Rows of the last call: positions, log posteriors, recorded outputs, digests.</summary>
    public double[] Positions { get; private set; } = [];

    public double[] LogPosteriors { get; private set; } = [];

    public double[] Recorded { get; private set; } = [];

    public ulong[] Digests { get; private set; } = [];

    public ReadOnlySpan<double> Current => positions;

    public ReadOnlySpan<double> CurrentTargets => targets;

    public KernelRun Advance(KernelPath path, int iterations, int thin = 1, IFailureObserver? observer = null) =>
        Advance(new StretchKernel(settings, path), iterations, thin, observer);

    public KernelRun Advance(StretchKernel kernel, int iterations, int thin = 1, IFailureObserver? observer = null)
    {
        int count = ChainRows.Count(Iteration, Iteration + iterations, thin);
        Positions = new double[count * positions.Length];
        LogPosteriors = new double[count * settings.Walkers];
        Recorded = new double[count * recorded.Length];
        Digests = new ulong[2 * iterations];
        EnsembleSpans ensemble = new() { Positions = positions, Targets = targets, LogPosteriors = logPosteriors, Recorded = recorded };
        ChainRows rows = new()
        {
            Thin = thin,
            Positions = Positions,
            LogPosteriors = LogPosteriors,
            Recorded = Recorded,
            Digests = Digests,
            AcceptedByWalker = AcceptedByWalker,
        };
        KernelProgress progress = kernel.Advance(likelihood, ensemble, Iteration, Iteration + iterations, Digest, rows, observer);
        Iteration += iterations;
        Digest = progress.Digest;
        Accepted += progress.Accepted;
        Evaluations += progress.Evaluations;
        return this;
    }
}
