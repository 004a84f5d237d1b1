using Calibrate.Problems.Likelihoods;

namespace Calibrate.Models.Expressions;

/// <summary>A log density written as one formula. Not safe to share between threads.</summary>
/// <param name="dimension">Number of parameters.</param>
/// <param name="formula">The log density of the parameters.</param>
internal sealed class ExpressionDensity(int dimension, Func<double[], double> formula) : ILogDensity
{
    private readonly double[] values = new double[dimension];

    /// <inheritdoc/>
    public int Dimension => dimension;

    /// <inheritdoc/>
    public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
    {
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < values.Length; j++)
            {
                values[j] = points[(j * count) + i];
            }

            logDensities[i] = formula(values);
        }
    }
}

/// <summary>Makes densities that share the compiled formula and nothing else.</summary>
/// <param name="dimension">Number of parameters.</param>
/// <param name="formula">The log density of the parameters.</param>
internal sealed class ExpressionDensityFactory(int dimension, Func<double[], double> formula) : ILogDensityFactory
{
    /// <inheritdoc/>
    public ILogDensity Create() => new ExpressionDensity(dimension, formula);
}
