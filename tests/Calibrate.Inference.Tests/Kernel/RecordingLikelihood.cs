using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests.Kernel;

/// <summary>
/// Records the sum and the first of the natural parameters, fails where the second one is above a limit, and counts how often and for how
/// many points it was asked.
/// </summary>
internal sealed class RecordingLikelihood(int naturalDimension, double failAbove = double.PositiveInfinity) : ILikelihood
{
    public int NaturalDimension => naturalDimension;

    public int RecordedCount => 2;

    public int Calls { get; private set; }

    public long Points { get; private set; }

    public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        Calls++;
        Points += count;
        results.EnsureCapacity(count, 2);
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            for (int j = 0; j < naturalDimension; j++)
            {
                sum += natural[(j * count) + i];
            }

            results.LogLikelihoods[i] = -0.1 * sum;
            results.Recorded[i] = sum;
            results.Recorded[count + i] = natural[i];
            if (natural[count + i] > failAbove)
            {
                results.Fail(i, new ModelFailed(ModelFailureKind.Exception, "beyond the limit"));
            }
        }
    }
}
