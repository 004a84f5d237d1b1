using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests.Kernel;

/// <summary>-x'Px/2 with a dense precision matrix P, point by point.</summary>
internal sealed class QuadraticDensity(double[][] precision) : ILogDensity
{
    public int Dimension => precision.Length;

    /// <summary>Independent standard normals.</summary>
    public static QuadraticDensity Standard(int dimension) =>
        new([.. Enumerable.Range(0, dimension).Select(i => Enumerable.Range(0, dimension).Select(j => i == j ? 1.0 : 0.0).ToArray())]);

    public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
    {
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            for (int j = 0; j < precision.Length; j++)
            {
                for (int k = 0; k < precision.Length; k++)
                {
                    sum += points[(j * count) + i] * precision[j][k] * points[(k * count) + i];
                }
            }

            logDensities[i] = -0.5 * sum;
        }
    }
}
