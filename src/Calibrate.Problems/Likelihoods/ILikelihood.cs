namespace Calibrate.Problems.Likelihoods;

/// <summary>
/// The log likelihood of a problem as a function of its natural parameters, model included. One instance serves one
/// slot; it is not safe for use by two threads at once. One that owns something, such as a model's process, implements <see cref="IDisposable"/>.
/// </summary>
public interface ILikelihood
{
    /// <summary>Number of natural parameters per point.</summary>
    int NaturalDimension { get; }

    /// <summary>Number of model outputs kept per point.</summary>
    int RecordedCount { get; }

    /// <summary>
    /// Evaluates a batch. A failure of the model is a result (<see cref="EvaluationBatch.Fail"/>), never an exception.
    /// The value of a point does not depend on which batch it is evaluated in, to the last bit.
    /// </summary>
    /// <param name="count">Number of points.</param>
    /// <param name="natural">Positions as a structure of arrays, <see cref="NaturalDimension"/> x count.</param>
    /// <param name="results">Sized and filled by this call.</param>
    void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results);
}

/// <summary>Makes likelihoods that share nothing mutable: one per slot. Safe to call from any thread.</summary>
public interface ILikelihoodFactory
{
    /// <summary>Creates a likelihood with its own model instance.</summary>
    ILikelihood Create();
}
