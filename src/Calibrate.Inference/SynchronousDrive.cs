using Calibrate.Inference.Dataflow;
using Calibrate.Inference.States;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference;

/// <summary>Drives a dataflow on the calling thread: everything that is ready as one batch, until nothing is.</summary>
internal sealed class SynchronousDrive
{
    private readonly List<EvaluationRequest> ready = [];
    private readonly EvaluationBatch batch = new();
    private double[] natural = [];

    /// <summary>Completes every iteration up to <paramref name="to"/>, unless the limits or a refusal end it before.</summary>
    /// <returns>Whether it came to the end.</returns>
    internal bool Run(Frontier frontier, ChainRecord record, ILikelihood likelihood, int to, EnsembleShape shape, AdvanceLimits limits)
    {
        while (record.Iteration < to && record.Refusal is null)
        {
            if (limits.Stop?.Invoke() == true || record.Buffer.Bytes >= limits.MaxBytes)
            {
                return false;
            }

            ready.Clear();
            frontier.TakeReady(to, ready);
            if (ready.Count > 0)
            {
                Evaluate(likelihood, shape.NaturalDimension);
            }

            for (int i = 0; i < ready.Count; i++)
            {
                frontier.Settle(ready[i].Id, batch.OutcomeOf(i));
            }
        }

        return record.Refusal is null;
    }

    private void Evaluate(ILikelihood likelihood, int dimension)
    {
        int count = ready.Count;
        if (natural.Length < count * dimension)
        {
            natural = new double[count * dimension];
        }

        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                natural[(j * count) + i] = ready[i].Parameters[j];
            }
        }

        likelihood.Evaluate(count, natural.AsSpan(0, count * dimension), batch);
    }
}
