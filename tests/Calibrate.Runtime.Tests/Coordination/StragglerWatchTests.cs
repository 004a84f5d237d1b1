using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Coordination;

public class StragglerWatchTests
{
    [Fact]
    public void Nothing_is_known_before_a_hundred_evaluations()
    {
        var watch = new StragglerWatch();
        for (var i = 1; i <= 99; i++)
        {
            watch.Observe(i);
        }

        Assert.Null(watch.Threshold);
        watch.Observe(100);
        Assert.Equal(99, watch.Threshold);
    }

    [Fact]
    public void Old_durations_are_forgotten()
    {
        var watch = new StragglerWatch();
        Enumerable.Repeat(1000.0, 300).ToList().ForEach(watch.Observe);
        Enumerable.Repeat(1.0, 256).ToList().ForEach(watch.Observe);
        Assert.Equal(1, watch.Threshold);
    }
}
