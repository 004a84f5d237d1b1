using Calibrate.Runtime.Cluster;
using static Calibrate.Runtime.Tests.Cluster.ClusterSamples;

namespace Calibrate.Runtime.Tests.Cluster;

public class ScalingAdviceTests
{
    // 4 slots of 1 s make 4 steps/s: 9,840 steps take 41 min.
    private static readonly SessionReport Busy = new(
        "problem", Model, "running", 10, 100, Steps: 9840, StepsPerSecond: 4, SecondsPerEvaluation: 1, Slots: 4, UsefulSlots: 100, 0, 0, 0, 0, 0, [], 0);

    [Fact]
    public void More_slots_shorten_a_run_that_has_too_few()
    {
        var advice = ScalingAdvice.For(Busy);

        // U = 42: 4 slots do the work of 4.0, 42 slots that of 42 / 2^(1/8) = 38.5: 2460 s * 4 / 38.5 = 255.5 s.
        Assert.Equal(42, advice.RecommendedSlots);
        Assert.Equal(2460, advice.SecondsLeft!.Value, 6);
        Assert.Equal(255.5, advice.SecondsLeftThen!.Value, 0.1);
        Assert.Equal("38 more slots: 41 min -> 4 min", advice.Text);
    }

    [Theory]
    [InlineData(1, 42, 1.0)]
    [InlineData(21, 42, 20.99)]
    [InlineData(42, 42, 38.51)]
    [InlineData(84, 42, 41.98)]
    [InlineData(10_000, 42, 42.0)]
    [InlineData(0, 42, 0.0)]
    [InlineData(5, 0, 0.0)]
    public void The_curve_follows_the_slots_and_levels_off_at_what_the_run_can_use(int slots, double useful, double expected) =>
        Assert.Equal(expected, ScalingAdvice.Throughput(slots, useful), 0.01);

    [Fact]
    public void The_last_recommended_slot_still_does_about_half_of_its_work()
    {
        var last = ScalingAdvice.Throughput(42, 42) - ScalingAdvice.Throughput(41, 42);

        Assert.InRange(last, 0.45, 0.55);
    }

    [Fact]
    public void More_slots_than_the_run_can_use_are_said_to_idle()
    {
        var advice = ScalingAdvice.For(Busy with { Slots = 60, StepsPerSecond = 42 });

        Assert.Equal(42, advice.RecommendedSlots);
        Assert.Equal("4 min left. More slots would idle: the run keeps about 42 busy.", advice.Text);
    }

    [Fact]
    public void One_coordinator_feeds_so_many_slots_and_no_more()
    {
        var advice = ScalingAdvice.For(Busy with { SecondsPerEvaluation = 1e-4, StepsPerSecond = 40_000, UsefulSlots = 1000, Steps = 100_000_000 });

        Assert.Equal(30, advice.RecommendedSlots);
    }

    [Fact]
    public void Slots_that_wait_for_something_else_are_not_multiplied()
    {
        var advice = ScalingAdvice.For(Busy with { StepsPerSecond = 0.8 });

        Assert.Equal(4, advice.RecommendedSlots);
        Assert.Equal(
            "3 h 25 min left. The slots are busy 20 % of the time and more of them would not help: look at the network, the journal, and other runs of the same workers.",
            advice.Text);
    }

    [Fact]
    public void A_run_without_slots_is_told_what_some_would_do()
    {
        var advice = ScalingAdvice.For(Busy with { Slots = 0, StepsPerSecond = 0 });

        Assert.Null(advice.SecondsLeft);
        Assert.Equal("No slots. With 42: about 4 min.", advice.Text);
        Assert.Equal("No slots yet: start workers.", ScalingAdvice.For(Busy with { Slots = 0, StepsPerSecond = 0, UsefulSlots = 0 }).Text);
    }

    [Fact]
    public void Before_a_rate_is_measured_the_time_of_an_evaluation_stands_in()
    {
        Assert.Equal(2460, ScalingAdvice.For(Busy with { StepsPerSecond = 0 }).SecondsLeft!.Value, 1.0);
        Assert.Equal("No rate is measured yet.", ScalingAdvice.For(Busy with { StepsPerSecond = 0, SecondsPerEvaluation = 0 }).Text);
    }

    [Fact]
    public void Nobody_starts_workers_for_the_last_minute()
    {
        var advice = ScalingAdvice.For(Busy with { Steps = 200 });

        Assert.Equal("50 s left.", advice.Text);
        Assert.Equal(4, advice.RecommendedSlots);
    }

    [Fact]
    public void An_unknown_width_gives_no_advice() =>
        Assert.Equal("41 min left.", ScalingAdvice.For(Busy with { UsefulSlots = 0 }).Text);

    [Fact]
    public void Nothing_left_is_nothing_to_do() => Assert.Equal("Nothing is left to evaluate.", ScalingAdvice.For(Busy with { Steps = 0 }).Text);

    [Fact]
    public void Any_number_of_slots_can_be_asked_about() => Assert.Equal(1230, ScalingAdvice.SecondsWith(Busy, 8)!.Value, 1.0);

    [Theory]
    [InlineData(8, "2 s left.")]
    [InlineData(3, "less than 1 s left.")]
    public void Short_times_are_told_in_seconds(long steps, string text) => Assert.Equal(text, ScalingAdvice.For(Busy with { Steps = steps }).Text);

    [Theory]
    [InlineData(100_000, "43 min", "6 h 57 min")]
    [InlineData(1_000_000, "7 h 13 min", "2 d 21 h")]
    public void Long_times_are_told_in_hours_and_days(long steps, string then, string now) =>
        Assert.Equal($"38 more slots: {now} -> {then}", ScalingAdvice.For(Busy with { Steps = steps }).Text);
}
