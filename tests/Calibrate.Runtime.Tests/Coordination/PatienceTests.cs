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
        Assert.Equal(3 * bound, patience.GiveUpAt(Batch(1), queued: 3), 9);
    }

    [Fact]
    public void A_time_limit_tells_when_the_slot_itself_must_have_given_up() =>
        Assert.Equal(70, new Patience(0, TimeSpan.FromSeconds(30)).GiveUpAt(Batch(2), queued: 1));

    [Fact]
    public void Every_silence_doubles_the_time()
    {
        var flight = new Flight(new EvaluationRequest(new EvaluationId(0, 1, 0, 0), [])) { Silences = 3 };
        var batch = new FlyingBatch(1, [flight], 0, BatchKind.Regular);
        Assert.Equal(80, Measured(0.1, 0).GiveUpAt(batch, queued: 1), 9);
    }

    private static Patience Measured(double seconds, double transport)
    {
        var patience = new Patience(0, null);
        for (var i = 0; i < 300; i++)
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
