using Calibrate.Inference.Kernel;
using Calibrate.Inference.States;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.RandomSearch;

/// <summary>The tight driver of a random search: all candidates of an iteration as one batch.</summary>
internal sealed class CandidateRun : IFailureObserver
{
    private readonly EnsembleShape shape;
    private readonly int ensemble;
    private readonly ChainRecord record;
    private readonly CandidateDraw candidates;
    private readonly TargetEvaluator evaluator;
    private readonly double[] position;
    private readonly int[] walkers;
    private readonly List<FailureExample> failures = [];
    private WalkerStates spare;
    private string? refusal;

    internal CandidateRun(RandomSearchSettings settings, int ensemble, ChainRecord record)
    {
        shape = settings.Shape;
        this.ensemble = ensemble;
        this.record = record;
        candidates = new CandidateDraw(settings, ensemble);
        evaluator = new TargetEvaluator(settings.Space, shape.Walkers);
        position = new double[shape.Dimension];
        walkers = [.. Enumerable.Range(0, shape.Walkers)];
        spare = new WalkerStates(shape);
    }

    /// <summary>Runs iterations until <paramref name="to"/>, a limit or a refusal.</summary>
    internal void Run(ILikelihood likelihood, int to, AdvanceLimits limits)
    {
        for (int sincePoll = 0; record.Iteration < to && record.Buffer.Bytes < limits.MaxBytes; sincePoll++)
        {
            if (sincePoll % limits.PollEvery == 0 && limits.Stop?.Invoke() == true)
            {
                return;
            }

            failures.Clear();
            Evaluate(likelihood, record.Iteration + 1);
            if (refusal is not null)
            {
                record.Refuse(refusal);
                return;
            }

            CandidateDraw.KeepBest(record.Iteration + 1, spare, record.Current);
            spare = record.Append(spare, evaluator.Evaluated, failures);
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

    private void Evaluate(ILikelihood likelihood, int iteration)
    {
        for (int walker = 0; walker < shape.Walkers; walker++)
        {
            candidates.Draw(iteration, walker, position);
            spare.Place(walker, position);
        }

        evaluator.Evaluate(likelihood, spare.Positions, spare.LogPosteriors, spare.LogTargets);
        if (evaluator.Batch.FailureCount > 0)
        {
            evaluator.ReportFailures(spare.Positions, iteration, walkers, this);
        }

        Array.Fill(spare.Recorded, double.NaN);
        ReadOnlySpan<double> outputs = evaluator.Batch.Recorded;
        for (int k = 0; k < shape.RecordedCount; k++)
        {
            for (int i = 0; i < evaluator.Evaluated; i++)
            {
                spare.Recorded[(k * shape.Walkers) + evaluator.PointOf[i]] = outputs[(k * evaluator.Evaluated) + i];
            }
        }
    }
}
