using Calibrate.Inference.Kernel;

namespace Calibrate.Inference.States;

/// <summary>Rows and counters of a few iterations that the kernel runs in one go, kept apart until they are known to be good.</summary>
internal sealed class ChainRun
{
    private readonly EnsembleShape shape;
    private double[] positions = [];
    private double[] logPosteriors = [];
    private double[] recorded = [];
    private ulong[] digests = [];

    internal ChainRun(EnsembleShape shape)
    {
        this.shape = shape;
        AcceptedByWalker = new long[shape.Walkers];
    }

    internal int Iterations { get; private set; }

    internal int Rows { get; private set; }

    internal long Evaluations { get; set; }

    internal List<FailureExample> Failures { get; } = [];

    internal long[] AcceptedByWalker { get; }

    internal ReadOnlySpan<double> Positions => positions.AsSpan(0, Rows * shape.Dimension * shape.Walkers);

    internal ReadOnlySpan<double> LogPosteriors => logPosteriors.AsSpan(0, Rows * shape.Walkers);

    internal ReadOnlySpan<double> Recorded => recorded.AsSpan(0, Rows * shape.RecordedCount * shape.Walkers);

    internal ReadOnlySpan<ulong> Digests => digests.AsSpan(0, 2 * Iterations);

    /// <summary>Memory for the iterations (<paramref name="from"/>, <paramref name="to"/>]; what was there is forgotten.</summary>
    internal ChainRows Prepare(int from, int to)
    {
        Iterations = to - from;
        Rows = ChainRows.Count(from, to, shape.Thin);
        Failures.Clear();
        Array.Clear(AcceptedByWalker);
        Ensure(ref positions, Rows * shape.Dimension * shape.Walkers);
        Ensure(ref logPosteriors, Rows * shape.Walkers);
        Ensure(ref recorded, Rows * shape.RecordedCount * shape.Walkers);
        Ensure(ref digests, 2 * Iterations);
        return new ChainRows
        {
            Thin = shape.Thin,
            Positions = positions,
            LogPosteriors = logPosteriors,
            Recorded = recorded,
            Digests = digests,
            AcceptedByWalker = AcceptedByWalker,
        };
    }

    private static void Ensure<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[length];
        }
    }
}
