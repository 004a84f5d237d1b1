using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Tests.Cluster;

public class RateMeterTests
{
    private readonly RateMeter meter = new();

    [Fact]
    public void Nothing_is_known_at_first()
    {
        Assert.Equal(0, meter.PerSecond(5));
        meter.Observe(5, 100);
        Assert.Equal(0, meter.PerSecond(5));
    }

    [Fact]
    public void A_steady_count_has_its_rate()
    {
        for (var i = 0; i <= 100; i++)
        {
            meter.Observe(i * 0.1, i * 5);
        }

        Assert.Equal(50, meter.PerSecond(10), 9);
    }

    [Fact]
    public void A_new_rate_shows_within_the_window()
    {
        for (var second = 0; second <= 100; second++)
        {
            meter.Observe(second, 10 * second);
        }

        for (var second = 101; second <= 131; second++)
        {
            meter.Observe(second, 1000 + (100 * (second - 100)));
        }

        Assert.Equal(100, meter.PerSecond(131), 9);
    }

    [Fact]
    public void A_count_that_stands_still_loses_its_rate()
    {
        meter.Observe(0, 0);
        meter.Observe(10, 100);

        Assert.Equal(10, meter.PerSecond(10), 9);
        Assert.Equal(1, meter.PerSecond(100), 9);
    }

    [Fact]
    public void A_count_that_falls_begins_anew()
    {
        meter.Observe(0, 1000);
        meter.Observe(10, 0);
        meter.Observe(20, 50);

        Assert.Equal(5, meter.PerSecond(20), 9);
    }
}
