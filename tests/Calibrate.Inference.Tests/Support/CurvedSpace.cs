using Calibrate.Numerics;
using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Support;

/// <summary>
/// A space that is anything but the identity: parameter 0 is sampled as its logarithm with an exponential prior, the others are uniform in
/// (-1.5, 1.5), and a last natural parameter is tied to the first two.
/// </summary>
internal sealed class CurvedSpace(int dimension) : IParameterSpace
{
    private const double HalfWidth = 1.5;

    public int Dimension => dimension;

    public int NaturalDimension => dimension + 1;

    public bool IsIdentity => false;

    public bool CanSamplePrior => true;

    public void Evaluate(int count, ReadOnlySpan<double> sampled, Span<double> natural, Span<double> logPriors, Span<double> logJacobians)
    {
        for (int i = 0; i < count; i++)
        {
            double first = Elementary.Exp(sampled[i]);
            natural[i] = first;
            logPriors[i] = -first;
            logJacobians[i] = sampled[i];
            for (int j = 1; j < dimension; j++)
            {
                double value = sampled[(j * count) + i];
                natural[(j * count) + i] = value;
                logPriors[i] += Math.Abs(value) < HalfWidth ? -Elementary.Log(2 * HalfWidth) : double.NegativeInfinity;
            }

            natural[(dimension * count) + i] = first + natural[count + i];
        }
    }

    public void SamplePrior(ReadOnlySpan<double> uniforms, Span<double> sampled)
    {
        sampled[0] = Elementary.Log(-Elementary.Log(uniforms[0]));
        for (int j = 1; j < dimension; j++)
        {
            sampled[j] = HalfWidth * ((2 * uniforms[j]) - 1);
        }
    }

    public void ToSampled(ReadOnlySpan<double> free, Span<double> sampled)
    {
        free.CopyTo(sampled);
        sampled[0] = Elementary.Log(free[0]);
    }
}
