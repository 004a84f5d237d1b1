using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Engines;

/// <summary>One slot: a likelihood of its own and the buffers to call it with. For one thread at a time.</summary>
public sealed class Slot
{
    private readonly EvaluationBatch results = new();
    private double[] natural = [];

    /// <summary>Creates the slot.</summary>
    /// <param name="likelihood">The slot's own likelihood.</param>
    public Slot(ILikelihood likelihood)
    {
        ArgumentNullException.ThrowIfNull(likelihood);
        Likelihood = new GuardedLikelihood(likelihood);
    }

    /// <summary>The slot's own likelihood, which never throws.</summary>
    public ILikelihood Likelihood { get; }

    /// <summary>Evaluates a batch.</summary>
    /// <param name="requests">The evaluations.</param>
    public IReadOnlyList<SettledEvaluation> Evaluate(IReadOnlyList<EvaluationRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        var count = requests.Count;
        if (natural.Length < count * Likelihood.NaturalDimension)
        {
            natural = new double[count * Likelihood.NaturalDimension];
        }

        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < Likelihood.NaturalDimension; j++)
            {
                natural[(j * count) + i] = requests[i].Parameters[j];
            }
        }

        Likelihood.Evaluate(count, natural.AsSpan(0, count * Likelihood.NaturalDimension), results);
        var outcomes = new SettledEvaluation[count];
        for (var i = 0; i < count; i++)
        {
            outcomes[i] = new SettledEvaluation(requests[i].Id, results.OutcomeOf(i));
        }

        return outcomes;
    }
}
