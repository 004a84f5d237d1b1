using System.Collections.Concurrent;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Caching;

namespace Calibrate.Runtime.Tests.Caching;

/// <summary>A cache that forgets nothing and goes with the test; outcomes pass through their bytes, as in a file.</summary>
internal sealed class MemoryCache : IEvaluationCache
{
    public ConcurrentDictionary<string, byte[]> Outcomes { get; } = [];

    public EvaluationOutcome? Find(EvaluationKey key) =>
        Outcomes.TryGetValue(Convert.ToHexString(key.Bytes.Span), out var bytes) ? OutcomeBytes.Read(key, bytes) : null;

    public void Store(EvaluationKey key, EvaluationOutcome outcome) =>
        Outcomes[Convert.ToHexString(key.Bytes.Span)] = OutcomeBytes.Write(key, outcome);

    public void Dispose() => Outcomes.Clear();
}
