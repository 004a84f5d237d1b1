using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Engines;

namespace Calibrate.Runtime.Tests.Engines;

public class GuardedLikelihoodTests
{
    [Fact]
    public void Only_the_points_that_throw_alone_fail_whatever_batch_they_are_in()
    {
        var guarded = new GuardedLikelihood(new Throwing());
        var results = new EvaluationBatch();
        guarded.Evaluate(3, [1, -1, 2], results);

        Assert.Equal([1, double.NegativeInfinity, 2], results.LogLikelihoods.ToArray());
        Assert.Equal([10, double.NaN, 20], results.Recorded.ToArray());
        Assert.Null(results.Failures[0]);
        Assert.Equal(new ModelFailed(ModelFailureKind.Exception, "ArithmeticException: negative point"), results.Failures[1]);
        Assert.Null(results.Failures[2]);
    }

    [Fact]
    public void A_likelihood_that_behaves_is_called_once()
    {
        var inner = new Throwing();
        new GuardedLikelihood(inner).Evaluate(3, [1, 2, 3], new EvaluationBatch());
        Assert.Equal(1, inner.Calls);
    }

    private sealed class Throwing : ILikelihood
    {
        public int NaturalDimension => 1;

        public int RecordedCount => 1;

        public int Calls { get; private set; }

        public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results)
        {
            Calls++;
            results.EnsureCapacity(count, 1);
            for (var i = 0; i < count; i++)
            {
                if (natural[i] < 0)
                {
                    throw new ArithmeticException("negative\npoint");
                }

                results.LogLikelihoods[i] = natural[i];
                results.Recorded[i] = 10 * natural[i];
            }
        }
    }
}
