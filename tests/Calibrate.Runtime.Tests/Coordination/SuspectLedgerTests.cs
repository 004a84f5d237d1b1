using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Tests.Coordination;

public class SuspectLedgerTests
{
    private readonly SuspectLedger ledger = new();

    [Fact]
    public void Three_deaths_alone_in_the_batch_by_different_processes_are_a_verdict()
    {
        var id = Id(0);
        Assert.Null(ledger.Charge(id, "a", alone: true));
        Assert.Null(ledger.Charge(id, "a", alone: true)); // the same death told twice
        Assert.Null(ledger.Charge(id, "b", alone: false)); // in company: it may have been somebody else
        Assert.Null(ledger.Charge(id, "c", alone: true));
        var verdict = ledger.Charge(id, "b", alone: true);
        Assert.NotNull(verdict);
        Assert.Equal(ResourceKind.Crash, verdict.Kind);
        Assert.Contains("a, b, c", verdict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_was_settled_is_innocent_again()
    {
        ledger.Charge(Id(0), "a", alone: true);
        Assert.True(ledger.Suspects(Id(0)));
        ledger.Acquit(Id(0));
        Assert.False(ledger.Suspects(Id(0)));
        ledger.Charge(Id(0), "b", alone: true);
        Assert.Null(ledger.Charge(Id(0), "c", alone: true));
    }

    [Fact]
    public void A_big_batch_is_halved_and_a_small_one_taken_apart()
    {
        List<Flight> nine = [.. Enumerable.Range(0, 9).Select(Accuse)];
        ledger.Enqueue(nine);
        Assert.Equal(9, ledger.Waiting);
        Assert.Equal(4, Next(slots: 16).Length);
        var half = Next(slots: 16);
        Assert.Equal(5, half.Length);

        ledger.Enqueue([.. half]);
        Assert.Equal([1, 1], [Next(slots: 16).Length, Next(slots: 16).Length]);
        Assert.Equal(3, ledger.Waiting);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(12, 3)]
    public void Suspects_on_parole_take_a_quarter_of_the_slots(int slots, int atOnce)
    {
        ledger.Enqueue([.. Enumerable.Range(0, 8).Select(Accuse)]);
        for (var i = 0; i < atOnce; i++)
        {
            Next(slots);
        }

        Assert.False(ledger.TryNext(slots, out _));
        ledger.Return();
        Next(slots);
        Assert.False(ledger.TryNext(slots, out _));
    }

    [Fact]
    public void Who_died_twice_is_tried_with_no_other_suspect_under_way()
    {
        ledger.Enqueue([Accuse(1), Accuse(2)]);
        var first = Next(slots: 100);
        var accused = Accuse(3);
        ledger.Charge(accused.Id, "second", alone: true);
        ledger.Enqueue(accused);

        Assert.Equal(Id(1), first[0].Id);
        Assert.False(ledger.TryNext(100, out _)); // the one on parole has to come home first
        ledger.Return();
        Assert.Same(accused, Assert.Single(Next(slots: 100)));
        Assert.False(ledger.TryNext(100, out _)); // alone
        ledger.Return();
        Assert.Equal(Id(2), Next(slots: 100)[0].Id);
    }

    [Fact]
    public void Who_was_answered_for_while_waiting_is_not_tried()
    {
        var (late, trial) = (Accuse(0), Accuse(1));
        ledger.Charge(trial.Id, "second", alone: true);
        ledger.Enqueue([late, trial]);
        (late.Answered, trial.Answered) = (true, true);
        Assert.False(ledger.TryNext(100, out _));
        Assert.Equal(0, ledger.Waiting);
    }

    private static EvaluationId Id(int walker) => new(0, 1, walker, 0);

    private Flight Accuse(int walker)
    {
        ledger.Charge(Id(walker), "first", alone: true);
        return new Flight(new EvaluationRequest(Id(walker), []));
    }

    private Flight[] Next(int slots)
    {
        Assert.True(ledger.TryNext(slots, out var next));
        return next;
    }
}
