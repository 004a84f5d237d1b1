using Calibrate.Problems.Likelihoods;

namespace Calibrate.Serving;

/// <summary>Evaluates points of a problem's natural space, many at a time.</summary>
public interface IEvaluator : IAsyncDisposable
{
    /// <summary>Evaluates one point: a value, a failure of the model, or an exceeded limit; never <see cref="Lost"/>.</summary>
    /// <param name="natural">The natural parameters; must not be changed afterwards.</param>
    /// <exception cref="Runtime.RunException">The model cannot be run at present; the message is for the user.</exception>
    Task<EvaluationOutcome> EvaluateAsync(double[] natural);
}
