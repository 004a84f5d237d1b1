using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Serving;

namespace Calibrate.Serving;

/// <summary>Evaluates on the slots of an engine, such as the workers behind a broker.</summary>
/// <param name="service">What drives the engine; disposed of with this.</param>
public sealed class EngineEvaluator(EvaluationService service) : IEvaluator
{
    /// <inheritdoc/>
    public Task<EvaluationOutcome> EvaluateAsync(double[] natural) => service.EvaluateAsync(natural);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => service.DisposeAsync();
}
