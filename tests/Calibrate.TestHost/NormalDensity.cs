using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;

namespace Calibrate.TestHost;

/// <summary>
/// The log density -x·x/2, with something happening before every point of it. Whatever happens, the value is a function of the point alone, so
/// that chains can be compared by their hashes.
/// </summary>
/// <param name="dimension">Number of parameters.</param>
/// <param name="before">What happens before a point; returns what is added to its log density.</param>
internal sealed class NormalDensity(int dimension, Func<double[], double> before) : ILogDensity, ILogDensityFactory
{
    public static readonly ModelOption DimensionOption = new("dimension", OptionKind.Integer, "Number of parameters x1, x2, ...; 2 when not given.");

    private readonly double[] point = new double[dimension];

    public int Dimension => dimension;

    public static LogDensityBinding Bind(ModelOptions options, Func<double[], double> before)
    {
        var dimension = options.Integer("dimension", 2);
        return new LogDensityBinding(
            [.. Enumerable.Range(1, dimension).Select(j => new ModelParameter($"x{j}"))], new NormalDensity(dimension, before));
    }

    public ILogDensity Create() => new NormalDensity(dimension, before);

    public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
    {
        for (var i = 0; i < count; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < dimension; j++)
            {
                point[j] = points[(j * count) + i];
                sum += point[j] * point[j];
            }

            logDensities[i] = (-0.5 * sum) + before(point);
        }
    }
}
