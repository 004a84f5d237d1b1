using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.PostgreSql.Tests;

public class UnflushedTailTests
{
    private static readonly RunId Run = RunId.Parse("test");

    [Fact]
    public void Events_behind_any_sequence_of_the_tail_can_be_had_again()
    {
        var (tail, seals) = TailOf(3);

        Assert.Equal((0L, 3L), (tail.Flushed, tail.Last));
        Assert.Equal([1L, 2, 3], tail.After(0).Select(e => e.Sequence));
        Assert.Equal([3L], tail.After(2).Select(e => e.Sequence));
        Assert.Empty(tail.After(3));
        Assert.Equal(seals[2], tail.After(2)[0].Seal);
    }

    [Fact]
    public void A_stored_event_is_known_by_its_seal()
    {
        var (tail, seals) = TailOf(3);

        Assert.True(tail.Knows(0, Seal.Genesis));
        Assert.True(tail.Knows(2, seals[1]));
        Assert.False(tail.Knows(2, seals[2]));
        Assert.False(tail.Knows(4, seals[2]));
        tail.Forget();
        Assert.False(tail.Knows(2, seals[1]));
        Assert.True(tail.Knows(3, seals[2]));
        Assert.Equal((3L, 3L), (tail.Flushed, tail.Last));
    }

    [Fact]
    public void What_is_kept_no_longer_depends_on_the_callers_memory()
    {
        byte[] payload = [1, 2, 3];
        using var chain = new JournalChain(Run);
        var tail = new UnflushedTail(0, Seal.Genesis);
        JournalEvent[] events = [new(1, payload)];
        tail.Add(events, chain.SealNext(1, events));
        tail.Keep();
        Array.Clear(payload);

        Assert.Equal([1, 2, 3], tail.After(0)[0].Payload.ToArray());
        Assert.Equal(3, tail.Bytes);
        tail.Forget();
        Assert.Equal(0, tail.Bytes);
    }

    private static (UnflushedTail Tail, Seal[] Seals) TailOf(int count)
    {
        using var chain = new JournalChain(Run);
        var events = KnownEvents.Range(1, count);
        var seals = chain.SealNext(1, events);
        var tail = new UnflushedTail(0, Seal.Genesis);
        tail.Add(events, seals);
        return (tail, seals);
    }
}
