using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Kernel;

/// <summary>Hears of the evaluations that failed inside the kernel; each one counts as a log likelihood of negative infinity.</summary>
public interface IFailureObserver
{
    /// <summary>One evaluation failed. Called in order of iterations, then first split, then second, then walkers.</summary>
    /// <param name="iteration">Its iteration.</param>
    /// <param name="walker">Its walker.</param>
    /// <param name="failure">What happened.</param>
    /// <param name="natural">The natural parameters; valid during the call only.</param>
    void OnFailure(int iteration, int walker, ModelFailed failure, ReadOnlySpan<double> natural);
}
