using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Slots;

/// <summary>
/// One slot: an isolated model instance behind whatever keeps it isolated, a thread's discipline or a process. For one thread at a time.
/// </summary>
public interface ISlot : IAsyncDisposable
{
    /// <summary>
    /// Evaluates a batch and answers for every request of it, in order. Never throws for what the model does: a crash is
    /// <see cref="Problems.Likelihoods.Lost"/> with the process that died, a limit is <see cref="Problems.Likelihoods.ResourceExceeded"/>,
    /// and requests that were not reached are <see cref="Problems.Likelihoods.Lost"/> without a death.
    /// </summary>
    /// <param name="requests">The evaluations, at least one.</param>
    /// <param name="cancellationToken">Gives up: what is being evaluated is abandoned where the isolation allows it, and answered as lost.</param>
    IReadOnlyList<SettledEvaluation> Evaluate(IReadOnlyList<Inference.EvaluationRequest> requests, CancellationToken cancellationToken = default);
}

/// <summary>Makes the slots of one model. Safe to call from any thread.</summary>
public interface ISlotFactory
{
    /// <summary>Creates a slot with its own model instance.</summary>
    /// <exception cref="RunException">The model cannot be brought to life here; the message is for the user.</exception>
    ISlot Create();
}
