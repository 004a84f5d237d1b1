using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Kernel;

/// <summary>
/// Positive parameters sampled by their logarithm, with exponential priors that end at <paramref name="limit"/>. The natural vector has one
/// fixed value in front.
/// </summary>
internal sealed class PositiveSpace(int dimension, double limit = double.PositiveInfinity) : IParameterSpace
{
    public int Dimension => dimension;

    public int NaturalDimension => dimension + 1;

    public bool IsIdentity => false;

    public bool CanSamplePrior => false;

    public void Evaluate(int count, ReadOnlySpan<double> sampled, Span<double> natural, Span<double> logPriors, Span<double> logJacobians)
    {
        for (int i = 0; i < count; i++)
        {
            natural[i] = 42;
            logPriors[i] = 0;
            logJacobians[i] = 0;
            for (int j = 0; j < dimension; j++)
            {
                double value = Math.Exp(sampled[(j * count) + i]);
                natural[((j + 1) * count) + i] = value;
                logPriors[i] = value > limit ? double.NegativeInfinity : logPriors[i] - value;
                logJacobians[i] += sampled[(j * count) + i];
            }
        }
    }

    public void SamplePrior(ReadOnlySpan<double> uniforms, Span<double> sampled) => throw new InvalidOperationException();
}
