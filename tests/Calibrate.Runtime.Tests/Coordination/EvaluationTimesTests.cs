using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Coordination;

public class EvaluationTimesTests
{
    [Fact]
    public void Nothing_is_known_of_what_was_never_measured()
    {
        var times = new EvaluationTimes(first: 0);
        Assert.Equal((0, null), (times.Typical, times.Slow));
    }

    [Fact]
    public void A_first_measurement_holds_until_there_are_eight()
    {
        var times = new EvaluationTimes(first: 3);
        Enumerable.Repeat(1.0, 7).ToList().ForEach(times.Observe);
        Assert.Equal((3, 30), (times.Typical, times.Slow));
        times.Observe(1);
        Assert.Equal((1, 4), (times.Typical, times.Slow));
    }

    [Fact]
    public void A_measurement_that_comes_later_counts_as_the_first()
    {
        var times = new EvaluationTimes(first: 0);
        times.Begin(2);
        times.Begin(0);
        Assert.Equal((2, 20), (times.Typical, times.Slow));
    }

    [Fact]
    public void Before_a_hundred_the_slowest_is_doubled()
    {
        var times = new EvaluationTimes(first: 0);
        Enumerable.Range(1, 20).ToList().ForEach(i => times.Observe(i));
        Assert.Equal((11, 44), (times.Typical, times.Slow));
        times.Observe(100);
        Assert.Equal(200, times.Slow);
    }

    [Fact]
    public void From_a_hundred_on_the_99th_percentile_counts()
    {
        var times = new EvaluationTimes(first: 0);
        Enumerable.Range(1, 100).ToList().ForEach(i => times.Observe(i));
        Assert.Equal(99, times.Slow);
    }

    [Fact]
    public void One_outlier_ruins_neither_estimate()
    {
        var times = new EvaluationTimes(first: 0);
        Enumerable.Repeat(1.0, 200).ToList().ForEach(times.Observe);
        times.Observe(1e6);
        Enumerable.Repeat(1.0, 20).ToList().ForEach(times.Observe);
        Assert.Equal((1, 1), (times.Typical, times.Slow));
    }

    [Fact]
    public void Many_outliers_at_once_raise_it_to_four_times_at_most_and_are_forgotten()
    {
        var times = new EvaluationTimes(first: 0);
        Enumerable.Repeat(1.0, 256).ToList().ForEach(times.Observe);
        Enumerable.Repeat(1e6, 16).ToList().ForEach(times.Observe);
        Assert.Equal(4, times.Slow);
        Enumerable.Repeat(1.0, 256 + 16).ToList().ForEach(times.Observe);
        Assert.Equal(1, times.Slow);
    }
}
