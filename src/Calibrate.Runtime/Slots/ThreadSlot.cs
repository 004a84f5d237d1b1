using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;

namespace Calibrate.Runtime.Slots;

/// <summary>
/// A slot within this process: a likelihood of its own and the buffers to call it with. For code that is trusted not to crash or hang: .NET
/// cannot stop a thread, so there are no limits, and what is being evaluated is always finished.
/// </summary>
public sealed class ThreadSlot : ISlot
{
    private readonly EvaluationBatch results = new();
    private readonly GuardedLikelihood guarded;
    private double[] natural = [];

    /// <summary>Creates the slot.</summary>
    /// <param name="likelihood">The slot's own likelihood.</param>
    public ThreadSlot(ILikelihood likelihood)
    {
        ArgumentNullException.ThrowIfNull(likelihood);
        guarded = new GuardedLikelihood(likelihood);
    }

    /// <summary>The slot's own likelihood, which throws for no parameters.</summary>
    public ILikelihood Likelihood => guarded;

    /// <inheritdoc/>
    /// <exception cref="RunException">The model cannot go on, whatever the parameters.</exception>
    public IReadOnlyList<SettledEvaluation> Evaluate(IReadOnlyList<EvaluationRequest> requests, CancellationToken cancellationToken = default)
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

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        guarded.Dispose();
        return ValueTask.CompletedTask;
    }
}
