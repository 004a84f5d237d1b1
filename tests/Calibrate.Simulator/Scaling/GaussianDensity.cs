using Calibrate.Problems.Likelihoods;

namespace Calibrate.Simulator.Scaling;

/// <summary>A standard normal without its constant: costs nothing to evaluate.</summary>
/// <param name="dimension">Number of parameters.</param>
public sealed class GaussianDensity(int dimension) : ILogDensityFactory, ILogDensity
{
    /// <inheritdoc/>
    public int Dimension => dimension;

    /// <inheritdoc/>
    public ILogDensity Create() => this;

    /// <inheritdoc/>
    public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
    {
        logDensities[..count].Clear();
        for (var j = 0; j < dimension; j++)
        {
            for (var i = 0; i < count; i++)
            {
                var x = points[(j * count) + i];
                logDensities[i] -= 0.5 * x * x;
            }
        }
    }
}
