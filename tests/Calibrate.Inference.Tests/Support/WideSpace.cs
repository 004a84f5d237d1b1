using Calibrate.Problems.Parameters;

namespace Calibrate.Inference.Tests.Support;

/// <summary>The curved space's map with a prior that excludes nothing.</summary>
internal sealed class WideSpace(int dimension) : IParameterSpace
{
    private readonly CurvedSpace curved = new(dimension);

    public int Dimension => dimension;

    public int NaturalDimension => curved.NaturalDimension;

    public bool IsIdentity => false;

    public bool CanSamplePrior => true;

    public void Evaluate(int count, ReadOnlySpan<double> sampled, Span<double> natural, Span<double> logPriors, Span<double> logJacobians)
    {
        curved.Evaluate(count, sampled, natural, logPriors, logJacobians);
        logPriors[..count].Clear();
    }

    public void SamplePrior(ReadOnlySpan<double> uniforms, Span<double> sampled) => curved.SamplePrior(uniforms, sampled);
}
