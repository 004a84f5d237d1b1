using Calibrate.Inference;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Coordination;

public class FlyingBatchesTests
{
    private readonly FlyingBatches batches = new();
    private readonly Flight flight = new(new EvaluationRequest(new EvaluationId(0, 0, 0, 0), []));

    [Fact]
    public void They_keep_the_order_of_their_dispatch_whoever_comes_home_first()
    {
        for (var number = 1; number <= 5; number++)
        {
            batches.Add(new FlyingBatch(number, [flight], number, BatchKind.Regular));
        }

        Assert.Equal([1, 2, 3, 4, 5], Numbers());
        batches.Remove(3);
        Assert.Equal([1, 2, 4, 5], Numbers());
        batches.Remove(1);
        batches.Remove(5);
        Assert.Equal([2, 4], Numbers());
        batches.Add(new FlyingBatch(6, [flight], 6, BatchKind.Hedge));
        Assert.Equal([2, 4, 6], Numbers());
        Assert.Equal((3, 3), (batches.Count, flight.Copies));
    }

    [Fact]
    public void Of_slots_that_leave_the_oldest_repeated_batches_are_written_off()
    {
        for (var number = 1; number <= 4; number++)
        {
            batches.Add(new FlyingBatch(number, [flight], number, BatchKind.Regular) { Hedged = number != 1 });
        }

        batches.WriteOff(-3);
        Assert.Equal(4, batches.Engaged);
        batches.WriteOff(1);
        batches.WriteOff(1);
        Assert.Equal((4, 2), (batches.Count, batches.Engaged));
        batches.Remove(2);
        batches.Remove(4);
        Assert.Equal((2, 1), (batches.Count, batches.Engaged));
        batches.Remove(3);
        Assert.Equal((1, 1), (batches.Count, batches.Engaged));
    }

    [Fact]
    public void An_unknown_number_is_nobody()
    {
        batches.Add(new FlyingBatch(1, [flight], 0, BatchKind.Regular));
        Assert.Null(batches.Remove(-1));
        Assert.NotNull(batches.Remove(1));
        Assert.Null(batches.Remove(1));
        Assert.Null(batches.Oldest);
        Assert.Equal(0, flight.Copies);
    }

    private List<long> Numbers()
    {
        List<long> numbers = [];
        for (var batch = batches.Oldest; batch is not null; batch = batch.Newer)
        {
            numbers.Add(batch.Number);
        }

        return numbers;
    }
}
