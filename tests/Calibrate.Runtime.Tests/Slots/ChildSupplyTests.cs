using Calibrate.Runtime.Slots;

namespace Calibrate.Runtime.Tests.Slots;

public class ChildSupplyTests
{
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(4, 800)]
    [InlineData(7, 5000)]
    [InlineData(1000, 5000)]
    public void Pauses_double_up_to_five_seconds(int deaths, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), ChildSupply.PauseAfter(deaths));

    [Fact]
    public void Five_failed_starts_in_a_row_are_the_end()
    {
        var clock = new ImpatientClock();
        var starts = 0;
        var supply = new ChildSupply(
            _ =>
            {
                starts++;
                throw new ChildStartException("no memory");
            },
            clock);
        Assert.Equal("no memory", Assert.Throws<RunException>(() => supply.Next(CancellationToken.None)).Message);
        Assert.Equal(5, starts);
        Assert.Equal([100, 200, 400], clock.Pauses.Select(pause => pause.TotalMilliseconds));
    }

    [Fact]
    public void A_start_that_was_given_up_is_no_failure()
    {
        using var cancellation = new CancellationTokenSource();
        var supply = new ChildSupply(
            token =>
            {
                cancellation.Cancel();
                token.ThrowIfCancellationRequested();
                throw new ChildStartException("not reached");
            },
            new ImpatientClock());
        Assert.Null(supply.Next(cancellation.Token));
        Assert.Null(supply.Next(cancellation.Token));
    }

    [Fact]
    public void What_cannot_pass_is_not_tried_again()
    {
        var starts = 0;
        var supply = new ChildSupply(
            _ =>
            {
                starts++;
                throw new RunException("cannot build the problem");
            },
            new ImpatientClock());
        Assert.Throws<RunException>(() => supply.Next(CancellationToken.None));
        Assert.Equal(1, starts);
    }

    /// <summary>Every timer is over at once.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public List<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            callback(state);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
