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

    private readonly double* factors;
    private readonly double* logFactors;
    private readonly double* logUniforms;
    private readonly long* helperRanks;
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
        memory = new PinnedMemory(((3 * dimension) + StepVariates.Pieces + 15) * stride, StepVariates.Pieces + 18);
        evaluator = new TargetEvaluator(settings.Space, layout.Half);
        variates = new StepVariates(settings, layout, memory);
        selector = new SplitSelector(layout);
        walkers = new WideEnsemble(layout, dimension, !hasJacobian, memory);
        splits = new WideEnsemble(layout, dimension, !hasJacobian, memory);
        factors = memory.Take<double>(stride);
        logFactors = memory.Take<double>(stride);
        logUniforms = memory.Take<double>(stride);
        helperRanks = memory.Take<long>(stride);
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
        CopyToSplits(0);
        CopyToSplits(layout.HalfRoom);
        Move(0, likelihood, iteration, observer);
        Move(layout.HalfRoom, likelihood, iteration, observer);
        CopyToWalkers();
        GC.KeepAlive(memory);
    }

    /// <summary>Copies the walkers and variates of the split that starts at <paramref name="start"/> into split order.</summary>
    private void CopyToSplits(int start)
    {
        int stride = layout.Stride;
        int dimension = settings.Dimension;
        for (int place = start; place < start + layout.HalfLanes; place += WideLayout.Lanes)
        {
            Vector512<long> from = Vector512.LoadAligned(order + place);
            TWhole.Look(variates.Factors, from).StoreAligned(factors + place);
            TWhole.Look(variates.LogFactors, from).StoreAligned(logFactors + place);
            TWhole.Look(variates.LogUniforms, from).StoreAligned(logUniforms + place);
            TWhole.Look((double*)variates.HelperRanks, from).AsInt64().StoreAligned(helperRanks + place);
            TWhole.Look(walkers.Targets, from).StoreAligned(splits.Targets + place);
            if (hasJacobian)
            {
                TWhole.Look(walkers.LogPosteriors, from).StoreAligned(splits.LogPosteriors + place);
            }

            for (int j = 0; j < dimension; j++)
            {
                TWhole.Look(walkers.Positions + (j * stride), from).StoreAligned(splits.Positions + (j * stride) + place);
            }
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
        double* own = splits.Positions + start;
        double* helpers = splits.Positions + helperStart;
        for (int j = 0; j < settings.Dimension; j++)
        {
            // the last vector of a row may run into the next row's place: that row is written later
            for (int i = 0; i < layout.HalfLanes; i += WideLayout.Lanes)
            {
                Vector512<double> helper = THalf.Look(helpers + (j * stride), Vector512.LoadAligned(helperRanks + start + i));
                Vector512<double> walker = Vector512.LoadAligned(own + (j * stride) + i);
                Vector512<double> proposal = helper - ((helper - walker) * Vector512.LoadAligned(factors + start + i));
                proposal.Store(proposals + (j * half) + i);
            }
        }
    }

    private void Accept(int start)
    {
        int stride = layout.Stride;
        for (int i = 0; i < layout.HalfLanes; i += WideLayout.Lanes)
        {
            int place = start + i;
            Vector512<double> proposed = Vector512.LoadAligned(proposedTargets + i);
            Vector512<double> current = Vector512.LoadAligned(splits.Targets + place);
            Vector512<double> ratio = (Vector512.LoadAligned(logFactors + place) + proposed) - current;
            Vector512<double> takes = Vector512.GreaterThan(ratio, Vector512.LoadAligned(logUniforms + place));
            takes.AsInt64().StoreAligned(taken + place);
            Vector512.ConditionalSelect(takes, proposed, current).StoreAligned(splits.Targets + place);
            if (hasJacobian)
            {
                Replace(takes, proposedLogPosteriors + i, splits.LogPosteriors + place);
            }

            for (int j = 0; j < settings.Dimension; j++)
            {
                Replace(takes, proposals + (j * layout.Half) + i, splits.Positions + (j * stride) + place);
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
        int stride = layout.Stride;
        for (int walker = 0; walker < layout.WalkerLanes; walker += WideLayout.Lanes)
        {
            Vector512<long> from = Vector512.LoadAligned(places + walker);
            Vector512<long> took = TWhole.Look((double*)taken, from).AsInt64();
            (Vector512.LoadAligned(acceptedCounts + walker) - took).StoreAligned(acceptedCounts + walker);
            *(ulong*)(accepted + walker) = Bytes(took.ExtractMostSignificantBits());
            TWhole.Look(splits.Targets, from).StoreAligned(walkers.Targets + walker);
            if (hasJacobian)
            {
                TWhole.Look(splits.LogPosteriors, from).StoreAligned(walkers.LogPosteriors + walker);
            }

            for (int j = 0; j < settings.Dimension; j++)
            {
                TWhole.Look(splits.Positions + (j * stride), from).StoreAligned(walkers.Positions + (j * stride) + walker);
            }
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
