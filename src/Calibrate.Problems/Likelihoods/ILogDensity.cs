namespace Calibrate.Problems.Likelihoods;

/// <summary>
/// A log density known directly, without a forward model and targets: test problems, user-written posteriors. An instance that owns something
/// implements <see cref="IDisposable"/>: its slot disposes it.
/// </summary>
public interface ILogDensity
{
    /// <summary>Number of parameters.</summary>
    int Dimension { get; }

    /// <summary>Evaluates a batch of points. The value of a point must not depend on the batch it is in.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="points">Structure of arrays: <c>points[j * count + i]</c> = parameter j of point i.</param>
    /// <param name="logDensities">Receives one natural-log density per point, up to a constant; -inf outside the support.</param>
    void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities);
}

/// <summary>
/// A log density that says which points of a batch failed and gives the values of the others. One that does not throws for the whole batch, and each of its
/// points is asked for again.
/// </summary>
public interface ILogDensityWithFailures : ILogDensity
{
    /// <summary>Evaluates a batch of points. The value of a point must not depend on the batch it is in.</summary>
    /// <param name="count">Number of points.</param>
    /// <param name="points">Structure of arrays: <c>points[j * count + i]</c> = parameter j of point i.</param>
    /// <param name="logDensities">Receives one natural-log density per point, up to a constant; -inf outside the support.</param>
    /// <param name="failures">Receives the failure of every point that failed; holds none before.</param>
    void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities, Span<ModelFailed?> failures);
}

/// <summary>Makes log densities that share nothing mutable: one per slot.</summary>
public interface ILogDensityFactory
{
    /// <summary>Creates an instance for one slot.</summary>
    ILogDensity Create();
}
