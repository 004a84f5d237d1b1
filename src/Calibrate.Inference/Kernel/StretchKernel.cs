using Calibrate.Inference.Digest;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Kernel;

/// <summary>
/// The tight driver of a pure stretch move: advances one ensemble in place by whole iterations, on the calling thread,
/// without allocating. It samples the same chain to the last bit as every other driver of the move.
/// </summary>
/// <remarks>
/// One iteration: random numbers of all walkers, the split, then for either half the proposals, one batch of the likelihood
/// and the acceptances; then the digest and, where thinning says so, the row of the chain. Not thread-safe.
/// </remarks>
public sealed class StretchKernel
{
    private readonly StretchSettings settings;
    private readonly StretchStepper stepper;

    /// <summary>Makes a kernel and its buffers.</summary>
    /// <param name="settings">What to sample.</param>
    /// <exception cref="ArgumentException">The settings cannot be run; the message says which.</exception>
    public StretchKernel(StretchSettings settings)
        : this(settings, KernelPaths.Preferred)
    {
    }

    internal StretchKernel(StretchSettings settings, KernelPath path)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        this.settings = settings;
        stepper = path switch
        {
            KernelPath.Registers => InRegisters(settings),
            KernelPath.Memory => new WideStretchStepper<MemoryTable, MemoryTable>(settings),
            _ => new PlainStretchStepper(settings),
        };
    }

    /// <summary>Runs the iterations (<paramref name="from"/>, <paramref name="to"/>].</summary>
    /// <param name="likelihood">The calling thread's likelihood.</param>
    /// <param name="ensemble">The ensemble after iteration <paramref name="from"/>; after iteration <paramref name="to"/> on return.</param>
    /// <param name="from">The last iteration done, at least 0.</param>
    /// <param name="to">The last iteration to do.</param>
    /// <param name="digest">The chain digest after iteration <paramref name="from"/>.</param>
    /// <param name="rows">Receives the chain.</param>
    /// <param name="observer">Hears of failed evaluations; null if nobody asks.</param>
    /// <exception cref="ArgumentException">A span of <paramref name="ensemble"/> or <paramref name="rows"/> is too short.</exception>
    public KernelProgress Advance(
        ILikelihood likelihood, EnsembleSpans ensemble, int from, int to, ChainDigest digest, ChainRows rows, IFailureObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(likelihood);
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        CheckShapes(ensemble, rows, from, to);
        stepper.Load(ensemble);
        long evaluations = stepper.Evaluations;
        int row = 0;
        for (int iteration = from + 1; iteration <= to; iteration++)
        {
            stepper.Step(likelihood, iteration, observer);
            digest = digest.Advance(
                iteration, stepper.Accepted, stepper.LogPosteriors, stepper.Positions, settings.Walkers, settings.Dimension, stepper.Stride);
            int index = 2 * (iteration - from - 1);
            rows.Digests[index] = digest.First;
            rows.Digests[index + 1] = digest.Second;
            if (iteration % rows.Thin == 0)
            {
                WriteRow(rows, row++);
            }
        }

        stepper.Store(ensemble);
        return new KernelProgress(digest, stepper.DrainAccepted(rows.AcceptedByWalker), stepper.Evaluations - evaluations);
    }

    private static StretchStepper InRegisters(StretchSettings settings) => new WideLayout(settings.Walkers).Stride switch
    {
        16 => new WideStretchStepper<Table16, Table8>(settings),
        32 => new WideStretchStepper<Table32, Table16>(settings),
        64 => new WideStretchStepper<Table64, Table32>(settings),
        _ => new WideStretchStepper<MemoryTable, MemoryTable>(settings),
    };

    private void WriteRow(ChainRows rows, int row)
    {
        int walkers = settings.Walkers;
        stepper.LogPosteriors[..walkers].CopyTo(rows.LogPosteriors[(row * walkers)..]);
        int recorded = settings.RecordedCount * walkers;
        stepper.Recorded[..recorded].CopyTo(rows.Recorded[(row * recorded)..]);
        Span<double> destination = rows.Positions.Slice(row * settings.Dimension * walkers, settings.Dimension * walkers);
        if (stepper.Stride == walkers)
        {
            stepper.Positions[..destination.Length].CopyTo(destination);
            return;
        }

        for (int j = 0; j < settings.Dimension; j++)
        {
            stepper.Positions.Slice(j * stepper.Stride, walkers).CopyTo(destination[(j * walkers)..]);
        }
    }

    private void CheckShapes(EnsembleSpans ensemble, ChainRows rows, int from, int to)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Thin, 1);
        long walkers = settings.Walkers;
        long count = ChainRows.Count(from, to, rows.Thin);
        Check(ensemble.Positions.Length == walkers * settings.Dimension, "positions of the ensemble");
        Check(ensemble.Targets.Length == walkers, "targets of the ensemble");
        Check(ensemble.LogPosteriors.Length == walkers, "log posteriors of the ensemble");
        Check(ensemble.Recorded.Length == walkers * settings.RecordedCount, "recorded outputs of the ensemble");
        Check(rows.Positions.Length >= count * walkers * settings.Dimension, "positions of the rows");
        Check(rows.LogPosteriors.Length >= count * walkers, "log posteriors of the rows");
        Check(rows.Recorded.Length >= count * walkers * settings.RecordedCount, "recorded outputs of the rows");
        Check(rows.Digests.Length >= 2L * (to - from), "digests of the rows");
        Check(rows.AcceptedByWalker.Length >= walkers, "accepted steps by walker");
    }

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new ArgumentException($"The {what} have the wrong length.");
        }
    }
}
