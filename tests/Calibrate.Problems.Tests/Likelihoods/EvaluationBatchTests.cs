using Calibrate.Problems.Likelihoods;

namespace Calibrate.Problems.Tests.Likelihoods;

public class EvaluationBatchTests
{
    [Fact]
    public void Outcomes_are_values_or_failures()
    {
        EvaluationBatch batch = new();
        batch.EnsureCapacity(2, 2);
        new[] { -1.0, -2 }.CopyTo(batch.LogLikelihoods);
        new[] { 10.0, 20, 30, 40 }.CopyTo(batch.Recorded);
        ModelFailed failure = new(ModelFailureKind.NotANumber, "no");
        batch.Fail(1, failure);
        batch.Fail(1, new ModelFailed(ModelFailureKind.Exception, "later"));
        Evaluated first = Assert.IsType<Evaluated>(batch.OutcomeOf(0));
        Assert.Equal(-1, first.LogLikelihood);
        Assert.Equal([10.0, 30], first.Recorded);
        Assert.Same(failure, batch.OutcomeOf(1));
        Assert.Equal(1, batch.FailureCount);
    }

    [Fact]
    public void Failures_do_not_outlive_their_batch()
    {
        EvaluationBatch batch = new();
        batch.EnsureCapacity(3, 0);
        batch.Fail(2, new ModelFailed(ModelFailureKind.Exception, "x"));
        batch.EnsureCapacity(2, 0);
        batch.EnsureCapacity(3, 0);
        Assert.Equal(0, batch.FailureCount);
        Assert.True(batch.Failures.IndexOfAnyExcept((ModelFailed?)null) < 0);
    }

    [Fact]
    public void Only_growing_allocates()
    {
        EvaluationBatch batch = new();
        batch.EnsureCapacity(8, 3);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int count = 1; count <= 8; count++)
        {
            batch.EnsureCapacity(count, 3);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_point_outside_is_refused()
    {
        EvaluationBatch batch = new();
        batch.EnsureCapacity(2, 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Fail(2, new ModelFailed(ModelFailureKind.Exception, "x")));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.OutcomeOf(-1));
    }
}
