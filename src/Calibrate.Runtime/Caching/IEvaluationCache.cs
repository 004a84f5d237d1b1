using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Caching;

/// <summary>
/// The port to a store of evaluations that outlives runs. It is a cache: it may forget anything at any time, and no trouble of its own
/// ever reaches the run.
/// </summary>
public interface IEvaluationCache : IDisposable
{
    /// <summary>The outcome of an evaluation, exactly as it was stored. For one thread at a time.</summary>
    /// <param name="key">The evaluation.</param>
    /// <returns>An <see cref="Evaluated"/> or a <see cref="ModelFailed"/>; null when it is not known.</returns>
    EvaluationOutcome? Find(EvaluationKey key);

    /// <summary>Keeps an outcome. Returns at once; safe for any thread.</summary>
    /// <param name="key">The evaluation.</param>
    /// <param name="outcome">An <see cref="Evaluated"/> or a <see cref="ModelFailed"/>.</param>
    void Store(EvaluationKey key, EvaluationOutcome outcome);
}
