using Calibrate.Inference;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Coordination;

public class ReadyQueueTests
{
    private readonly ReadyQueue queue = new();

    [Fact]
    public void The_oldest_iteration_goes_first_then_the_first_ensemble_then_the_first_walker()
    {
        (int Iteration, int Ensemble, int Walker)[] order = [(0, 3, 1), (1, 0, 5), (1, 2, 0), (1, 2, 1_000_000), (2, 0, 0), (int.MaxValue, 4095, 7)];
        foreach (var (iteration, ensemble, walker) in order.Reverse())
        {
            queue.Enqueue(Make(iteration, ensemble, walker));
        }

        foreach (var expected in order)
        {
            Assert.True(queue.TryDequeue(out var flight));
            Assert.Equal(expected, (flight.Id.Iteration, flight.Id.Ensemble, flight.Id.Walker));
            Assert.False(flight.Waiting);
        }

        Assert.False(queue.TryDequeue(out _));
    }

    [Fact]
    public void Who_was_withdrawn_is_passed_over()
    {
        var (first, second) = (Make(0, 0, 0), Make(0, 0, 1));
        queue.Enqueue(first);
        queue.Enqueue(second);
        queue.Withdraw(first);
        Assert.Equal(1, queue.Count);
        Assert.True(queue.TryDequeue(out var flight));
        Assert.Same(second, flight);
        Assert.False(queue.TryDequeue(out _));
        Assert.Equal(0, queue.Count);
    }

    private static Flight Make(int iteration, int ensemble, int walker) =>
        new(new EvaluationRequest(new EvaluationId(ensemble, iteration, walker, 0), []));
}
