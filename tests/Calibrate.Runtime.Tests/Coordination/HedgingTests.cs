using Calibrate.Inference;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Coordination;

public class HedgingTests
{
    private readonly FlyingBatches batches = new();
    private readonly Hedging hedging;
    private int walkers;

    public HedgingTests()
    {
        // an evaluation takes one second
        Patience patience = new(secondsPerEvaluation: 0, timeout: null);
        for (var i = 0; i < 300; i++)
        {
            patience.Observe(new FlyingBatch(0, Flights(1), 0, BatchKind.Regular), evaluated: 1, elapsed: 1, now: 1);
        }

        hedging = new Hedging(batches, patience);
    }

    [Fact]
    public void The_oldest_that_takes_long_is_late_and_after_twice_that_overdue()
    {
        var first = Add(dispatched: 0, size: 3);
        var second = Add(dispatched: 0.5);
        Assert.Null(hedging.Late(1.4));
        Assert.Equal(1.5, hedging.NextLate(1.4), 9);
        Assert.Same(second, hedging.Late(1.5));
        Assert.Same(first, hedging.Late(3));

        Assert.Equal(6, hedging.NextOverdue(5.9), 9);
        Assert.Null(hedging.Overdue(5.9));
        Assert.Same(first, hedging.Overdue(6));
    }

    [Fact]
    public void What_was_repeated_is_repeated_again_after_twice_the_time_and_only_what_nobody_answered_for()
    {
        var batch = Add(dispatched: 10, size: 3);
        batch.Flights[1].Answered = true;
        Assert.Equal([0, 2], Hedging.Repeat(batch, now: 14).Select(flight => flight.Id.Walker - batch.Flights[0].Id.Walker));
        Assert.True(batch.Hedged);
        Assert.Equal(18, hedging.NextLate(14), 9);
        Assert.Equal(26, hedging.NextOverdue(14), 9);
        Assert.Same(batch, hedging.Late(18));
        Assert.Same(batch, hedging.Overdue(26));
    }

    [Fact]
    public void Behind_what_was_repeated_the_next_is_looked_for()
    {
        Hedging.Repeat(Add(dispatched: 0), now: 2);
        var next = Add(dispatched: 1);
        Assert.Null(hedging.Overdue(2.9));
        Assert.Equal(3, hedging.NextOverdue(2.9), 9);
        Assert.Same(next, hedging.Overdue(3));
    }

    [Theory]
    [InlineData(BatchKind.Hedge, false)]
    [InlineData(BatchKind.Suspect, false)]
    [InlineData(BatchKind.Regular, true)]
    internal void Copies_suspects_and_what_is_answered_for_are_not_repeated(BatchKind kind, bool answered)
    {
        Add(dispatched: 0, kind: kind).Flights[0].Answered = answered;
        Assert.Null(hedging.Late(100));
        Assert.Null(hedging.Overdue(100));
        Assert.Equal(double.PositiveInfinity, hedging.NextLate(100));
        Assert.Equal(double.PositiveInfinity, hedging.NextOverdue(100));
    }

    private FlyingBatch Add(double dispatched, int size = 1, BatchKind kind = BatchKind.Regular)
    {
        FlyingBatch batch = new(walkers, Flights(size), dispatched, kind);
        batches.Add(batch);
        return batch;
    }

    private Flight[] Flights(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new Flight(new EvaluationRequest(new EvaluationId(0, 1, walkers++, 0), [])))];
}
