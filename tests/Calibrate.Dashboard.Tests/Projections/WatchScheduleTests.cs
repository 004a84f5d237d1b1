using Calibrate.Dashboard.Projections;
using Calibrate.Dashboard.Tests.Support;

namespace Calibrate.Dashboard.Tests.Projections;

public class WatchScheduleTests
{
    private readonly ManualClock clock = new();

    [Fact]
    public void Quick_looks_come_once_a_period()
    {
        var schedule = new WatchSchedule(clock, TimeSpan.FromSeconds(2));
        Assert.True(schedule.Begin());
        clock.Advance(TimeSpan.FromMilliseconds(10));
        schedule.End();
        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(schedule.Begin());
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(schedule.Begin());
    }

    [Theory]
    [InlineData(0.2, 8)]
    [InlineData(0.5, 20)]
    [InlineData(5, 30)]
    public void Slow_looks_are_followed_by_a_rest_in_proportion_but_not_for_ever(double work, double rest)
    {
        var schedule = new WatchSchedule(clock, TimeSpan.FromSeconds(2));
        Assert.True(schedule.Begin());
        clock.Advance(TimeSpan.FromSeconds(work));
        schedule.End();
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(schedule.Begin());
        clock.Advance(TimeSpan.FromSeconds(work));
        schedule.End();
        clock.Advance(TimeSpan.FromSeconds(rest - 0.01));
        Assert.False(schedule.Begin());
        clock.Advance(TimeSpan.FromSeconds(0.02));
        Assert.True(schedule.Begin());
    }
}
