using Calibrate.Problems.Likelihoods;

namespace Calibrate.Inference.Tests.Support;

/// <summary>A Gaussian likelihood that fails in one region, is zero in another and records two outputs.</summary>
internal sealed class PatchyLikelihood(int naturalDimension) : ILikelihood, ILikelihoodFactory
{
    public int NaturalDimension => naturalDimension;

    public int RecordedCount => 2;

    /// <summary>Points evaluated so far.</summary>
    public long Evaluations { get; private set; }

    /// <summary>If not null: the evaluation with this number, from 0, is positive infinity.</summary>
    public Func<double[], bool>? IsInfinite { get; init; }

    public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
    {
        results.EnsureCapacity(count, RecordedCount);
        Evaluations += count;
        double[] point = new double[naturalDimension];
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            double squares = 0;
            for (int j = 0; j < naturalDimension; j++)
            {
                point[j] = natural[(j * count) + i];
                sum += point[j];
                squares += (point[j] - 0.5) * (point[j] - 0.5) * (1 + j);
            }

            results.LogLikelihoods[i] = sum > 6 ? double.NegativeInfinity : -0.5 * squares;
            results.Recorded[i] = sum;
            results.Recorded[count + i] = squares;
            if (IsInfinite?.Invoke(point) == true)
            {
                results.Fail(i, new ModelFailed(ModelFailureKind.PositiveInfinity, "The log likelihood is positive infinity."));
            }
            else if (point[1] < -1.2)
            {
                results.Fail(i, new ModelFailed(ModelFailureKind.Exception, "too cold"));
            }
        }
    }

    public ILikelihood Create() => new PatchyLikelihood(naturalDimension) { IsInfinite = IsInfinite };
}
