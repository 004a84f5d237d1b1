using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Support;

/// <summary>One parameter, uniform in (0, 1).</summary>
internal sealed class NarrowSpace : IParameterSpace
{
    public int Dimension => 1;

    public int NaturalDimension => 1;

    public bool IsIdentity => false;

    public bool CanSamplePrior => true;

    public void Evaluate(int count, ReadOnlySpan<double> sampled, Span<double> natural, Span<double> logPriors, Span<double> logJacobians)
    {
        sampled[..count].CopyTo(natural);
        for (int i = 0; i < count; i++)
        {
            logPriors[i] = sampled[i] is > 0 and < 1 ? 0 : double.NegativeInfinity;
            logJacobians[i] = 0;
        }
    }

    public void SamplePrior(ReadOnlySpan<double> uniforms, Span<double> sampled) => sampled[0] = uniforms[0];
}
