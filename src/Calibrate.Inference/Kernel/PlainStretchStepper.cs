using Calibrate.Inference.Moves;
using Calibrate.Numerics;
using Calibrate.Numerics.Random;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Kernel;

/// <summary>
/// The stretch move walker by walker, straight from <see cref="StretchFormulas"/>: the reference that the wide stepper is
/// tested against, and the stepper of machines without wide vectors.
/// </summary>
internal sealed class PlainStretchStepper : StretchStepper
{
    private readonly StretchSettings settings;
    private readonly TargetEvaluator evaluator;
    private readonly double[] positions;
    private readonly double[] targets;
    private readonly double[] logPosteriors;
    private readonly double[] recorded;
    private readonly byte[] accepted;
    private readonly long[] acceptedCounts;
    private readonly long[] taken;
    private readonly double[] proposals;
    private readonly double[] proposedTargets;
    private readonly double[] proposedLogPosteriors;
    private readonly int[] moving;
    private readonly ulong[] order;
    private readonly int[] members;
    private readonly StepPlan[] plans;
    private long evaluations;

    public PlainStretchStepper(StretchSettings settings)
    {
        this.settings = settings;
        int walkers = settings.Walkers;
        int half = settings.Half;
        evaluator = new TargetEvaluator(settings.Space, half);
        positions = new double[walkers * settings.Dimension];
        targets = new double[walkers];
        logPosteriors = new double[walkers];
        recorded = new double[walkers * settings.RecordedCount];
        accepted = new byte[walkers];
        acceptedCounts = new long[walkers];
        taken = new long[half];
        proposals = new double[half * settings.Dimension];
        proposedTargets = new double[half];
        proposedLogPosteriors = new double[half];
        moving = new int[half];
        order = new ulong[walkers];
        members = new int[walkers];
        plans = new StepPlan[half];
    }

    public override int Stride => settings.Walkers;

    public override ReadOnlySpan<double> Positions => positions;

    public override ReadOnlySpan<double> LogPosteriors => logPosteriors;

    public override ReadOnlySpan<double> Recorded => recorded;

    public override ReadOnlySpan<byte> Accepted => accepted;

    public override long Evaluations => evaluations;

    public override void Load(EnsembleSpans ensemble)
    {
        ensemble.Positions.CopyTo(positions);
        ensemble.Targets.CopyTo(targets);
        ensemble.LogPosteriors.CopyTo(logPosteriors);
        ensemble.Recorded.CopyTo(recorded);
    }

    public override void Store(EnsembleSpans ensemble)
    {
        positions.CopyTo(ensemble.Positions);
        targets.CopyTo(ensemble.Targets);
        logPosteriors.CopyTo(ensemble.LogPosteriors);
        recorded.CopyTo(ensemble.Recorded);
    }

    public override long DrainAccepted(Span<long> byWalker)
    {
        long total = 0;
        for (int walker = 0; walker < acceptedCounts.Length; walker++)
        {
            byWalker[walker] += acceptedCounts[walker];
            total += acceptedCounts[walker];
            acceptedCounts[walker] = 0;
        }

        return total;
    }

    public override void Step(ILikelihood likelihood, int iteration, IFailureObserver? observer)
    {
        Split(iteration);
        int half = settings.Half;
        for (int split = 0; split < 2; split++)
        {
            ReadOnlySpan<int> movers = members.AsSpan(split * half, half);
            ReadOnlySpan<int> helpers = members.AsSpan((1 - split) * half, half);
            for (int i = 0; i < half; i++)
            {
                PhiloxBlock first = Draw(movers[i], iteration, 0);
                int helper = helpers[RandomBits.Index(first.W1, half)];
                plans[i] = new StepPlan(movers[i], helper, first.Uniform23, Draw(movers[i], iteration, 1).Uniform01);
            }

            Move(likelihood, iteration, plans, observer);
        }
    }

    /// <summary>Carries out the planned steps of one split.</summary>
    internal void Move(ILikelihood likelihood, int iteration, ReadOnlySpan<StepPlan> plans, IFailureObserver? observer)
    {
        int walkers = settings.Walkers;
        for (int i = 0; i < plans.Length; i++)
        {
            moving[i] = plans[i].Walker;
            double factor = StretchFormulas.Factor(plans[i].StretchUniform, settings.Scale);
            for (int j = 0; j < settings.Dimension; j++)
            {
                double helper = positions[(j * walkers) + plans[i].Helper];
                proposals[(j * plans.Length) + i] = StretchFormulas.Proposal(helper, positions[(j * walkers) + plans[i].Walker], factor);
            }
        }

        evaluator.Evaluate(likelihood, proposals, proposedLogPosteriors, proposedTargets);
        evaluations += evaluator.Evaluated;
        for (int i = 0; i < plans.Length; i++)
        {
            int walker = plans[i].Walker;
            double logFactor = StretchFormulas.LogFactor(settings.Dimension, StretchFormulas.Factor(plans[i].StretchUniform, settings.Scale));
            double logUniform = Elementary.Log(plans[i].AcceptanceUniform);
            bool accepts = StretchFormulas.Accepts(logFactor, proposedTargets[i], targets[walker], logUniform);
            accepted[walker] = accepts ? (byte)1 : (byte)0;
            acceptedCounts[walker] += accepted[walker];
            taken[i] = accepted[walker];
            if (accepts)
            {
                Take(i, walker);
            }
        }

        evaluator.KeepRecorded(taken, moving, recorded, walkers);
        if (observer is not null && evaluator.Batch.FailureCount > 0)
        {
            evaluator.ReportFailures(proposals, iteration, moving, observer);
        }
    }

    private void Take(int proposal, int walker)
    {
        targets[walker] = proposedTargets[proposal];
        logPosteriors[walker] = proposedLogPosteriors[proposal];
        for (int j = 0; j < settings.Dimension; j++)
        {
            positions[(j * settings.Walkers) + walker] = proposals[(j * settings.Half) + proposal];
        }
    }

    /// <summary>Fills <see cref="members"/>: the walkers of the first split, then of the second, each in ascending order.</summary>
    private void Split(int iteration)
    {
        for (int walker = 0; walker < order.Length; walker++)
        {
            order[walker] = ((ulong)Draw(walker, iteration, 0).W0 << 32) | (uint)walker;
        }

        order.AsSpan().Sort();
        for (int rank = 0; rank < order.Length; rank++)
        {
            members[rank] = (int)(uint)order[rank];
        }

        members.AsSpan(0, settings.Half).Sort();
        members.AsSpan(settings.Half).Sort();
    }

    private PhiloxBlock Draw(int walker, int iteration, int block) =>
        Philox.Block(settings.Key, PhiloxCounter.Of(walker, iteration, settings.Ensemble, RandomPurpose.Step, block));
}
