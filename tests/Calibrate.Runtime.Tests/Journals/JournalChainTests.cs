using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Tests.Journals;

public sealed class JournalChainTests
{
    private static readonly RunId Run = RunId.Parse("chain");
    private static readonly JournalEvent[] Events = [new(1, new byte[] { 1 }), new(2, new byte[] { 2, 2 }), new(3, Array.Empty<byte>())];

    [Fact]
    public void What_is_sealed_is_accepted_in_order()
    {
        using var writing = new JournalChain(Run);
        using var reading = new JournalChain(Run);
        var seals = writing.SealNext(epoch: 4, Events);
        Assert.Equal(0, writing.LastSequence);
        writing.Advance(seals);
        Assert.Equal(3, writing.LastSequence);

        for (var i = 0; i < Events.Length; i++)
        {
            var entry = reading.Accept(i + 1, 4, Events[i].Kind, Events[i].Payload, seals[i]);
            Assert.Equal((i + 1L, 4L, i + 1), (entry.Sequence, entry.Epoch, entry.Kind));
        }

        Assert.Equal(writing.LastSeal, reading.LastSeal);
    }

    [Fact]
    public void A_chain_goes_on_from_any_event()
    {
        using var whole = new JournalChain(Run);
        var seals = whole.SealNext(1, Events);
        using var tail = new JournalChain(Run, 2, seals[1]);
        tail.Accept(3, 1, Events[2].Kind, Events[2].Payload, seals[2]);
        Assert.Equal(3, tail.LastSequence);
    }

    [Fact]
    public void Damage_is_named_and_the_chain_stays_where_it_was()
    {
        using var chain = new JournalChain(Run);
        var seals = chain.SealNext(1, Events);
        AssertDamaged(1, "it is missing, event 2 stands in its place", () => chain.Accept(2, 1, 2, Events[1].Payload, seals[1]));
        AssertDamaged(1, "its content does not match its CRC-32C", () => chain.Accept(1, 1, 9, Events[0].Payload, seals[0]));
        chain.Accept(1, 1, 1, Events[0].Payload, seals[0]);

        using var elsewhere = new JournalChain(Run, 1, seals[2]);
        AssertDamaged(
            2, "its SHA-256 seal does not continue the event before it", () => elsewhere.Accept(2, 1, 2, Events[1].Payload, seals[1]));
        Assert.Equal(1, elsewhere.LastSequence);
        chain.Accept(2, 1, 2, Events[1].Payload, seals[1]);
    }

    [Fact]
    public void Snapshots_are_bound_to_their_event()
    {
        using var chain = new JournalChain(Run);
        Assert.Throws<InvalidOperationException>(() => chain.SealSnapshot([1]));
        var seals = chain.SealNext(1, Events);
        chain.Advance(seals);

        var snapshot = chain.SealSnapshot([1, 2, 3]);
        Assert.True(chain.IsIntactSnapshot(seals[2], 3, [1, 2, 3], snapshot));
        Assert.False(chain.IsIntactSnapshot(seals[1], 3, [1, 2, 3], snapshot));
        Assert.False(chain.IsIntactSnapshot(seals[2], 2, [1, 2, 3], snapshot));
        Assert.False(chain.IsIntactSnapshot(seals[2], 3, [1, 2, 4], snapshot));
    }

    [Fact]
    public void Negative_kinds_are_kept_for_snapshots() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new JournalChain(Run).SealNext(1, [new JournalEvent(JournalSeal.SnapshotKind, default)]));

    private static void AssertDamaged(long sequence, string reason, Func<object> accept)
    {
        var damaged = Assert.Throws<JournalDamagedException>(accept);
        Assert.Equal((Run, sequence, reason), (damaged.Run, damaged.Sequence!.Value, damaged.Reason));
    }
}
