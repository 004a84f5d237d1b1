using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Models;
using Calibrate.Runtime.Engines;
using Calibrate.Testing.Likelihoods;

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

    [Fact]
    public void A_model_that_cannot_go_on_fails_no_point_but_ends_the_run()
    {
        var guarded = new GuardedLikelihood(new FunctionLikelihood(1, _ => throw new ModelUnavailableException("the server is gone")));
        Assert.Equal("the server is gone", Assert.Throws<RunException>(() => guarded.Evaluate(2, [1, 2], new EvaluationBatch())).Message);
    }

    [Fact]
    public void What_a_likelihood_owns_ends_with_it()
    {
        var owner = new Owner();
        new GuardedLikelihood(owner).Dispose();
        Assert.True(owner.IsDisposed);
    }

    private sealed class Owner : ILikelihood, IDisposable
    {
        public int NaturalDimension => 1;

        public int RecordedCount => 0;

        public bool IsDisposed { get; private set; }

        public void Evaluate(int count, ReadOnlySpan<double> natural, EvaluationBatch results) => results.EnsureCapacity(count, 0);

        public void Dispose() => IsDisposed = true;
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
