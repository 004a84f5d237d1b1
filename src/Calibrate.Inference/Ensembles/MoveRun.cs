using Calibrate.Inference.Kernel;
using Calibrate.Inference.Moves;
using Calibrate.Inference.States;
using Calibrate.Numerics;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Ensembles;

/// <summary>The tight driver of any mixture of moves: part by part, one batch of the likelihood each. Allocates nothing per step.</summary>
internal sealed class MoveRun : ITightDriver, IFailureObserver
{
    private readonly EnsembleSettings settings;
    private readonly int ensemble;
    private readonly ChainRecord record;
    private readonly IterationPlan plan;
    private readonly StepProposer proposer;
    private readonly TargetEvaluator evaluator;
    private readonly double[] proposal;
    private readonly double[] batch;
    private readonly double[] logFactors;
    private readonly double[] logPosteriors;
    private readonly double[] logTargets;
    private readonly int[] movers;
    private readonly long[] taken;
    private readonly List<FailureExample> failures = [];
    private WalkerStates spare;
    private long evaluations;
    private string? refusal;

    internal MoveRun(EnsembleSettings settings, int ensemble, ChainRecord record)
    {
        this.settings = settings;
        this.ensemble = ensemble;
        this.record = record;
        EnsembleShape shape = settings.Shape;
        plan = new IterationPlan(settings.Moves, settings.Key, ensemble, shape.Walkers);
        proposer = new StepProposer(shape);
        evaluator = new TargetEvaluator(settings.Space, shape.Walkers);
        proposal = new double[shape.Dimension];
        batch = new double[shape.Dimension * shape.Walkers];
        logFactors = new double[shape.Walkers];
        logPosteriors = new double[shape.Walkers];
        logTargets = new double[shape.Walkers];
        movers = new int[shape.Walkers];
        taken = new long[shape.Walkers];
        spare = new WalkerStates(shape);
    }

    public void Run(ILikelihood likelihood, int to, AdvanceLimits limits)
    {
        for (int sincePoll = 0; record.Iteration < to && record.Buffer.Bytes < limits.MaxBytes; sincePoll++)
        {
            if (sincePoll % limits.PollEvery == 0 && limits.Stop?.Invoke() == true)
            {
                return;
            }

            // on a copy: an iteration that cannot be finished leaves the ensemble as it was
            spare.CopyFrom(record.Current);
            Array.Clear(spare.Accepted);
            evaluations = 0;
            failures.Clear();
            plan.Draw(record.Iteration + 1);
            for (int split = 0; split < plan.Move.Splits; split++)
            {
                Move(likelihood, plan.Members(split));
                if (refusal is not null)
                {
                    record.Refuse(refusal);
                    return;
                }
            }

            spare = record.Append(spare, evaluations, failures);
        }
    }

    public void OnFailure(int iteration, int walker, ModelFailed failure, ReadOnlySpan<double> natural)
    {
        EvaluationId id = new(ensemble, iteration, walker, 0);
        if (failure.Kind == ModelFailureKind.PositiveInfinity)
        {
            refusal ??= RefusalTexts.InfiniteLikelihood(id, natural, failure.Message);
        }

        failures.Add(new FailureExample(id, failure.Kind.ToString(), natural.ToArray(), failure.Message));
    }

    private void Move(ILikelihood likelihood, ReadOnlySpan<int> members)
    {
        int count = Propose(members);
        if (count == 0)
        {
            return;
        }

        ReadOnlySpan<double> proposals = batch.AsSpan(0, count * proposal.Length);
        ReadOnlySpan<int> moving = movers.AsSpan(0, count);
        evaluator.Evaluate(likelihood, proposals, logPosteriors.AsSpan(0, count), logTargets.AsSpan(0, count));
        evaluations += evaluator.Evaluated;
        if (evaluator.Batch.FailureCount > 0)
        {
            evaluator.ReportFailures(proposals, plan.Iteration, moving, this);
        }

        for (int i = 0; i < count; i++)
        {
            int walker = moving[i];
            double logUniform = Elementary.Log(plan.AcceptanceUniform(walker));
            taken[i] = 0;
            if (StretchFormulas.Accepts(logFactors[i], logTargets[i], spare.LogTargets[walker], logUniform))
            {
                taken[i] = 1;
                spare.Accepted[walker] = 1;
                spare.LogPosteriors[walker] = logPosteriors[i];
                spare.LogTargets[walker] = logTargets[i];
                for (int j = 0; j < proposal.Length; j++)
                {
                    spare.Positions[(j * settings.Shape.Walkers) + walker] = batch[(j * count) + i];
                }
            }
        }

        evaluator.KeepRecorded(taken, moving, spare.Recorded, settings.Shape.Walkers);
    }

    // Fills the batch with the proposals of all members that have one.
    private int Propose(ReadOnlySpan<int> members)
    {
        int count = 0;
        int stride = settings.Shape.Walkers;
        foreach (int walker in members)
        {
            double logFactor = proposer.Propose(plan, walker, spare, spare, proposal);
            if (double.IsNaN(logFactor))
            {
                continue;
            }

            for (int j = 0; j < proposal.Length; j++)
            {
                batch[(j * stride) + count] = proposal[j];
            }

            logFactors[count] = logFactor;
            movers[count++] = walker;
        }

        for (int j = 1; j < proposal.Length; j++)
        {
            Array.Copy(batch, j * stride, batch, j * count, count);
        }

        return count;
    }
}
