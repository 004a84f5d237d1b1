using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests.Support;

/// <summary>A likelihood given by a function of one point.</summary>
internal sealed class FunctionLikelihood(int dimension, Func<double[], double> logDensity) : ILikelihood
{
    private readonly double[] point = new double[dimension];

    public int NaturalDimension => dimension;

    public int RecordedCount => 0;

    public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        results.EnsureCapacity(count, 0);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                point[j] = natural[(j * count) + i];
            }

            results.LogLikelihoods[i] = logDensity(point);
        }
    }
}
