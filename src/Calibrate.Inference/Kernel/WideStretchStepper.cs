using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Kernel;

/// <summary>
/// The stretch move for eight walkers at a time, operation by operation as in <see cref="Moves.StretchFormulas"/>. An iteration copies the
/// ensemble from walker order into split order, where each half is contiguous, moves either half, and copies it back.
/// </summary>
/// <typeparam name="TWhole">How a row is looked up.</typeparam>
/// <typeparam name="THalf">How one split's part of a row is looked up.</typeparam>
internal sealed unsafe class WideStretchStepper<TWhole, THalf> : StretchStepper
    where TWhole : struct, ILookupTable
    where THalf : struct, ILookupTable
{
    private readonly StretchSettings settings;
    private readonly WideLayout layout;
    private readonly PinnedMemory memory;
    private readonly TargetEvaluator evaluator;
    private readonly StepVariates variates;
    private readonly SplitSelector selector;
    private readonly WideEnsemble walkers;
    private readonly WideEnsemble splits;
    private readonly bool hasJacobian;

    private readonly long* order;
    private readonly long* places;
    private readonly long* taken;
    private readonly long* acceptedCounts;
    private readonly double* proposals;
    private readonly double* proposedTargets;
    private readonly double* proposedLogPosteriors;
    private readonly byte* accepted;
    private readonly double[] recorded;
    private readonly int[] moving;
    private long evaluations;

    public WideStretchStepper(StretchSettings settings)
    {
        this.settings = settings;
        layout = new WideLayout(settings.Walkers);
        hasJacobian = !settings.Space.IsIdentity;
        int stride = layout.Stride;
        int dimension = settings.Dimension;
        memory = new PinnedMemory(((3 * dimension) + StepVariates.Pieces + 16) * stride, StepVariates.Pieces + 19);
        evaluator = new TargetEvaluator(settings.Space, layout.Half);
        variates = new StepVariates(settings, layout, memory);
        selector = new SplitSelector(layout, memory);
        walkers = new WideEnsemble(layout, dimension, !hasJacobian, memory);
        splits = new WideEnsemble(layout, dimension, !hasJacobian, memory);
        order = memory.Take<long>(stride);
        places = memory.Take<long>(stride);
        taken = memory.Take<long>(stride);
        acceptedCounts = memory.Take<long>(stride);
        proposals = memory.Take<double>(layout.Half * dimension + WideLayout.Lanes);
        proposedTargets = memory.Take<double>(layout.HalfRoom);
        proposedLogPosteriors = hasJacobian ? memory.Take<double>(layout.HalfRoom) : proposedTargets;
        accepted = (byte*)memory.Take<ulong>(layout.WalkerLanes / sizeof(ulong));
        recorded = new double[settings.Walkers * settings.RecordedCount];
        moving = new int[layout.Half];
    }

    public override int Stride => layout.Stride;

    public override ReadOnlySpan<double> Positions => new(walkers.Positions, layout.Stride * settings.Dimension);

    public override ReadOnlySpan<double> LogPosteriors => new(walkers.LogPosteriors, layout.Stride);

    public override ReadOnlySpan<double> Recorded => recorded;

    public override ReadOnlySpan<byte> Accepted => new(accepted, layout.WalkerLanes);

    public override long Evaluations => evaluations;

    public override void Load(EnsembleSpans ensemble)
    {
        ensemble.LogPosteriors.CopyTo(new Span<double>(walkers.LogPosteriors, layout.Walkers));
        ensemble.Targets.CopyTo(new Span<double>(walkers.Targets, layout.Walkers));
        ensemble.Recorded.CopyTo(recorded);
        for (int j = 0; j < settings.Dimension; j++)
        {
            ensemble.Positions.Slice(j * layout.Walkers, layout.Walkers)
                .CopyTo(new Span<double>(walkers.Positions + (j * layout.Stride), layout.Walkers));
        }
    }

    public override void Store(EnsembleSpans ensemble)
    {
        new Span<double>(walkers.LogPosteriors, layout.Walkers).CopyTo(ensemble.LogPosteriors);
        new Span<double>(walkers.Targets, layout.Walkers).CopyTo(ensemble.Targets);
        recorded.CopyTo(ensemble.Recorded);
        for (int j = 0; j < settings.Dimension; j++)
        {
            new Span<double>(walkers.Positions + (j * layout.Stride), layout.Walkers).CopyTo(ensemble.Positions[(j * layout.Walkers)..]);
        }
    }

    public override long DrainAccepted(Span<long> byWalker)
    {
        long total = 0;
        for (int walker = 0; walker < layout.Walkers; walker++)
        {
            byWalker[walker] += acceptedCounts[walker];
            total += acceptedCounts[walker];
            acceptedCounts[walker] = 0;
        }

        return total;
    }

    public override void Step(ILikelihood likelihood, int iteration, IFailureObserver? observer)
    {
        variates.Draw(iteration);
        selector.Select(variates.SplitWords, order, places);
        CopyToSplits();
        Move(0, likelihood, iteration, observer);
        Move(layout.HalfRoom, likelihood, iteration, observer);
        CopyToWalkers();
        GC.KeepAlive(memory);
    }

    private void CopyToSplits()
    {
        if (layout.HalfLanes == layout.HalfRoom)
        {
            CopyToSplits(0, layout.Stride);
        }
        else
        {
            CopyToSplits(0, layout.HalfLanes);
            CopyToSplits(layout.HalfRoom, layout.HalfLanes);
        }
    }

    /// <summary>Copies the walkers that belong to some neighbouring places of the split order.</summary>
    private void CopyToSplits(int start, int count)
    {
        TWhole.Permute(walkers.Targets, order + start, splits.Targets + start, count);
        if (hasJacobian)
        {
            TWhole.Permute(walkers.LogPosteriors, order + start, splits.LogPosteriors + start, count);
        }

        int end = settings.Dimension * layout.Stride;
        for (int row = 0; row < end; row += layout.Stride)
        {
            TWhole.Permute(walkers.Positions + row, order + start, splits.Positions + row + start, count);
        }
    }

    /// <summary>Steps the walkers of one split with helpers from the other.</summary>
    private void Move(int start, ILikelihood likelihood, int iteration, IFailureObserver? observer)
    {
        Propose(start, layout.HalfRoom - start);
        ReadOnlySpan<double> points = new(proposals, layout.Half * settings.Dimension);
        evaluator.Evaluate(
            likelihood, points, new Span<double>(proposedLogPosteriors, layout.Half), new Span<double>(proposedTargets, layout.Half));
        evaluations += evaluator.Evaluated;
        Accept(start);
        if (settings.RecordedCount > 0 || evaluator.Batch.FailureCount > 0)
        {
            Settle(start, points, iteration, observer);
        }
    }

    private void Propose(int start, int helperStart)
    {
        int stride = layout.Stride;
        int half = layout.Half;
        int dimension = settings.Dimension;

        // the last vector of a row may run into the next row: it is written before the vectors that belong there
        for (int i = layout.HalfLanes - WideLayout.Lanes; i >= 0; i -= WideLayout.Lanes)
        {
            Vector512<long> mover = Vector512.LoadAligned(order + start + i);
            Vector512<double> factor = TWhole.Look(variates.Factors, mover);
            Vector512<long> rank = TWhole.Look((double*)variates.HelperRanks, mover).AsInt64();
            double* own = splits.Positions + start + i;
            double* helpers = splits.Positions + helperStart;
            double* proposal = proposals + i;
            for (int j = 0; j < dimension; j++)
            {
                Vector512<double> helper = THalf.Look(helpers, rank);
                (helper - ((helper - Vector512.LoadAligned(own)) * factor)).Store(proposal);
                own += stride;
                helpers += stride;
                proposal += half;
            }
        }
    }

    private void Accept(int start)
    {
        int stride = layout.Stride;
        int half = layout.Half;
        int dimension = settings.Dimension;
        for (int i = 0; i < layout.HalfLanes; i += WideLayout.Lanes)
        {
            int place = start + i;
            Vector512<long> mover = Vector512.LoadAligned(order + place);
            Vector512<double> proposed = Vector512.LoadAligned(proposedTargets + i);
            Vector512<double> current = Vector512.LoadAligned(splits.Targets + place);
            Vector512<double> ratio = (TWhole.Look(variates.LogFactors, mover) + proposed) - current;
            Vector512<double> takes = Vector512.GreaterThan(ratio, TWhole.Look(variates.LogUniforms, mover));
            takes.AsInt64().StoreAligned(taken + place);
            Vector512.ConditionalSelect(takes, proposed, current).StoreAligned(splits.Targets + place);
            if (hasJacobian)
            {
                Replace(takes, proposedLogPosteriors + i, splits.LogPosteriors + place);
            }

            double* own = splits.Positions + place;
            double* proposal = proposals + i;
            for (int j = 0; j < dimension; j++)
            {
                Replace(takes, proposal, own);
                own += stride;
                proposal += half;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Replace(Vector512<double> takes, double* by, double* what) =>
        Vector512.ConditionalSelect(takes, Vector512.Load(by), Vector512.LoadAligned(what)).StoreAligned(what);

    /// <summary>What is not numbers of walkers: recorded outputs and failures, scarce enough to go point by point.</summary>
    private void Settle(int start, ReadOnlySpan<double> points, int iteration, IFailureObserver? observer)
    {
        for (int i = 0; i < layout.Half; i++)
        {
            moving[i] = (int)order[start + i];
        }

        evaluator.KeepRecorded(new ReadOnlySpan<long>(taken + start, layout.Half), moving, recorded, layout.Walkers);
        if (observer is not null && evaluator.Batch.FailureCount > 0)
        {
            evaluator.ReportFailures(points, iteration, moving, observer);
        }
    }

    private void CopyToWalkers()
    {
        int count = layout.WalkerLanes;
        for (int walker = 0; walker < count; walker += WideLayout.Lanes)
        {
            Vector512<long> took = TWhole.Look((double*)taken, Vector512.LoadAligned(places + walker)).AsInt64();
            (Vector512.LoadAligned(acceptedCounts + walker) - took).StoreAligned(acceptedCounts + walker);
            *(ulong*)(accepted + walker) = Bytes(took.ExtractMostSignificantBits());
        }

        TWhole.Permute(splits.Targets, places, walkers.Targets, count);
        if (hasJacobian)
        {
            TWhole.Permute(splits.LogPosteriors, places, walkers.LogPosteriors, count);
        }

        int end = settings.Dimension * layout.Stride;
        for (int row = 0; row < end; row += layout.Stride)
        {
            TWhole.Permute(splits.Positions + row, places, walkers.Positions + row, count);
        }
    }

    /// <summary>Spreads eight bits over eight bytes of 0 or 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bytes(ulong bits)
    {
        const ulong ones = 0x0101010101010101;
        ulong oneBitEach = (bits * ones) & 0x8040201008040201;
        return ((oneBitEach + (0x7F * ones)) >> 7) & ones;
    }
}
