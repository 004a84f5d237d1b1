using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime;

namespace Calibrate.Serving.Tests;

public class RememberingEvaluatorTests
{
    [Fact]
    public async Task Never_pays_twice_for_a_point_it_remembers()
    {
        Counting inner = new();
        await using RememberingEvaluator evaluator = new(inner, 2);
        await evaluator.EvaluateAsync([1]);
        await evaluator.EvaluateAsync([2]);
        Assert.Equal(new Evaluated(1, []).LogLikelihood, Assert.IsType<Evaluated>(await evaluator.EvaluateAsync([1])).LogLikelihood);
        await evaluator.EvaluateAsync([3]);
        await evaluator.EvaluateAsync([1]);
        Assert.Equal([1, 2, 3], inner.Asked);
        await evaluator.EvaluateAsync([2]);
        Assert.Equal([1, 2, 3, 2], inner.Asked);
    }

    [Fact]
    public async Task Tells_zero_from_minus_zero()
    {
        Counting inner = new();
        await using RememberingEvaluator evaluator = new(inner, 2);
        await evaluator.EvaluateAsync([0.0]);
        await evaluator.EvaluateAsync([-0.0]);
        Assert.Equal(2, inner.Asked.Count);
    }

    [Fact]
    public async Task Remembers_no_verdict_and_no_exception()
    {
        Counting inner = new();
        await using RememberingEvaluator evaluator = new(inner, 9);
        for (int i = 0; i < 2; i++)
        {
            await evaluator.EvaluateAsync([-1]);
            await Assert.ThrowsAsync<RunException>(() => evaluator.EvaluateAsync([-2]));
        }

        Assert.Equal([-1, -2, -1, -2], inner.Asked);
    }

    private sealed class Counting : IEvaluator
    {
        public List<double> Asked { get; } = [];

        public Task<EvaluationOutcome> EvaluateAsync(double[] natural)
        {
            Asked.Add(natural[0]);
            return natural[0] switch
            {
                -1 => Task.FromResult<EvaluationOutcome>(new ResourceExceeded(ResourceKind.Time, "slow")),
                -2 => Task.FromException<EvaluationOutcome>(new RunException("down")),
                _ => Task.FromResult<EvaluationOutcome>(new Evaluated(natural[0], [])),
            };
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
