namespace Calibrate.Problems.Parameters;

/// <summary>The whole real space with a flat prior of log density zero: what a bare <c>ILogDensity</c> is sampled in.</summary>
public sealed class UnboundedSpace : IParameterSpace
{
    /// <summary>Creates the space.</summary>
    /// <param name="dimension">Number of parameters, at least 1.</param>
    public UnboundedSpace(int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        Dimension = dimension;
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public int NaturalDimension => Dimension;

    /// <inheritdoc/>
    public bool IsIdentity => true;

    /// <inheritdoc/>
    public bool CanSamplePrior => false;

    /// <inheritdoc/>
    public void Evaluate(
        int count,
        ReadOnlySpan<double> sampled,
        Span<double> natural,
        Span<double> logPriors,
        Span<double> logJacobians)
    {
        sampled[..(Dimension * count)].CopyTo(natural);
        logPriors[..count].Clear();
        logJacobians[..count].Clear();
    }

    /// <inheritdoc/>
    public void SamplePrior(ReadOnlySpan<double> uniforms, Span<double> sampled) =>
        throw new InvalidOperationException("A flat prior over the whole real line cannot be sampled.");
}
