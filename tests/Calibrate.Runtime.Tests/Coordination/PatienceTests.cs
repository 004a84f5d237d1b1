using Calibrate.Inference;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Coordination;

public class PatienceTests
{
    [Fact]
    public void Nothing_is_repeated_or_given_up_while_nothing_is_known()
    {
        var patience = new Patience(secondsPerEvaluation: 0, timeout: null);
        Assert.Equal(double.PositiveInfinity, patience.HedgeAt(Batch(1)));
        Assert.Equal(double.PositiveInfinity, patience.GiveUpAt(Batch(1), queued: 1));
    }

    [Fact]
    public void A_batch_is_given_what_slow_evaluations_take_and_what_the_way_takes()
    {
        var patience = Measured(seconds: 2, transport: 0.5);
        Assert.Equal(2.5, patience.ShortestAllowance, 9);
        Assert.Equal(100 + 6.5, patience.HedgeAt(Batch(3, dispatched: 100)), 9);
    }

    [Fact]
    public void A_batch_that_was_repeated_tells_nothing_about_the_way()
    {
        var patience = Measured(seconds: 2, transport: 0.5);
        var hedged = Batch(1);
        hedged.Hedged = true;
        for (var i = 0; i < 300; i++)
        {
            patience.Observe(hedged, evaluated: 1, elapsed: 2, now: 1000);
        }

        Assert.Equal(2.5, patience.ShortestAllowance, 9);
    }

    [Theory]
    [InlineData(0.1, 10)] // never before ten seconds
    [InlineData(2, 40)] // twenty times what is slow
    public void An_answer_is_not_expected_any_more_after_twenty_times_what_is_slow(double seconds, double bound)
    {
        var patience = Measured(seconds, transport: 0);
        Assert.Equal(bound, patience.GiveUpAt(Batch(1), queued: 0.5), 9);
        Assert.Equal(bound + (2 * seconds), patience.GiveUpAt(Batch(1), queued: 3), 9);
    }

    [Theory]
    [InlineData(0.4, 60)] // a minute for what takes less than a second
    [InlineData(8, 160)] // regular evaluations are not affected
    public void One_slow_evaluation_among_few_does_not_make_it_wait_for_hours(double seconds, double bound)
    {
        var patience = Measured(seconds, transport: 0, answers: 20);
        patience.Observe(Batch(1), evaluated: 1, elapsed: 1.5 * seconds, now: 1.5 * seconds);
        Assert.InRange(patience.GiveUpAt(Batch(1), queued: 1), bound / 4, Math.Max(bound, 50 * seconds));
        patience.Observe(Batch(1), evaluated: 1, elapsed: 20 * seconds, now: 20 * seconds);
        Assert.InRange(patience.GiveUpAt(Batch(1), queued: 1), 2 * 20 * seconds * 0.999, Math.Max(60, 4 * 20 * seconds));
    }

    [Theory]
    [InlineData(25)] // the clock jumped ahead, or the broker was away
    [InlineData(100_000)]
    [InlineData(-30)] // the clock jumped back
    public void What_happened_on_the_way_prolongs_a_wait_by_seconds_only(double jump)
    {
        var patience = Measured(0.4, transport: 0.1, answers: 3);
        patience.Observe(Batch(1), evaluated: 1, elapsed: 0.4, now: 0.5 + jump);
        Assert.InRange(patience.GiveUpAt(Batch(1), queued: 1), 10, 70);
        Assert.InRange(patience.HedgeAt(Batch(1)), 0.4, 14.1);
    }

    [Fact]
    public void A_slot_cannot_have_spent_more_time_than_passed()
    {
        var patience = Measured(0.4, transport: 0);
        for (var i = 0; i < 50; i++)
        {
            patience.Observe(Batch(1), evaluated: 1, elapsed: 86_400, now: 0.4);
        }

        Assert.Equal(0.4, patience.ShortestAllowance, 9);
    }

    [Fact]
    public void A_queue_prolongs_a_wait_by_what_stands_in_it()
    {
        // as a barrier hands it out: 100 batches for two slots
        Assert.Equal(10 + (49 * 0.1), Measured(0.1, 0).GiveUpAt(Batch(1), queued: 50), 9);
        Assert.Equal(40 + (49 * 30), new Patience(0, TimeSpan.FromSeconds(30)).GiveUpAt(Batch(1), queued: 50), 9);
    }

    [Fact]
    public void A_time_limit_tells_when_the_slot_itself_must_have_given_up() =>
        Assert.Equal(70, new Patience(0, TimeSpan.FromSeconds(30)).GiveUpAt(Batch(2), queued: 1));

    [Fact]
    public void Every_silence_doubles_the_time_up_to_eight_times()
    {
        Assert.Equal(40, Measured(0.1, 0).GiveUpAt(Silent(2), queued: 1), 9);
        Assert.Equal(80, Measured(0.1, 0).GiveUpAt(Silent(3), queued: 1), 9);
        Assert.Equal(80, Measured(0.1, 0).GiveUpAt(Silent(30), queued: 1), 9);
    }

    private static FlyingBatch Silent(int silences) =>
        new(1, [new Flight(new EvaluationRequest(new EvaluationId(0, 1, 0, 0), [])) { Silences = silences }], 0, BatchKind.Regular);

    private static Patience Measured(double seconds, double transport, int answers = 300)
    {
        var patience = new Patience(0, null);
        for (var i = 0; i < answers; i++)
        {
            patience.Observe(Batch(1), evaluated: 1, elapsed: seconds, now: seconds + transport);
        }

        return patience;
    }

    private static FlyingBatch Batch(int size, double dispatched = 0) => new(
        1,
        [.. Enumerable.Range(0, size).Select(walker => new Flight(new EvaluationRequest(new EvaluationId(0, 1, walker, 0), [])))],
        dispatched,
        BatchKind.Regular);
}
