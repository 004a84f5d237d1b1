using Xunit;

namespace Calibrate.Testing.Journals;

/// <summary>Snapshots, and the tail behind them.</summary>
public abstract partial class JournalConformance
{
    [SkippableFact]
    public async Task The_newest_snapshot_is_read_back_with_the_tail_behind_it()
    {
        await using var journal = Open();
        await using (var writer = await journal.AcquireAsync(Run, Owner("test")))
        {
            await writer.AppendAsync(Events(1, 10), durable: true);
            await writer.SaveSnapshotAsync("state after 10"u8.ToArray());
            await writer.AppendAsync(Events(11, 13), durable: true);
        }

        var snapshot = await journal.ReadSnapshotAsync(Run);
        Assert.NotNull(snapshot);
        Assert.Equal(10, snapshot.Sequence);
        Assert.Equal("state after 10"u8.ToArray(), snapshot.Payload.ToArray());
        Assert.Equal([11L, 12, 13], (await ReadAllAsync(journal, snapshot.Sequence + 1)).Select(entry => entry.Sequence));
    }

    [SkippableFact]
    public async Task The_newest_two_snapshots_are_kept()
    {
        await using var journal = Open();
        await using var writer = await journal.AcquireAsync(Run, Owner("test"));
        for (var i = 1; i <= 5; i++)
        {
            await writer.AppendAsync(Events(i, i), durable: false);
            await writer.SaveSnapshotAsync(new[] { (byte)i });
            Assert.Equal(i, (await journal.ReadSnapshotAsync(Run))!.Sequence);
            Assert.Equal(Math.Min(i, 2), (await journal.VerifyAsync(Run)).Snapshots);
        }
    }

    [SkippableFact]
    public async Task A_second_snapshot_at_the_same_event_replaces_the_first()
    {
        await using var journal = Open();
        await using var writer = await journal.AcquireAsync(Run, Owner("test"));
        await writer.AppendAsync(Events(1, 1), durable: false);
        await writer.SaveSnapshotAsync(new byte[] { 1 });
        await writer.SaveSnapshotAsync(new byte[] { 2, 2 });

        Assert.Equal([2, 2], (await journal.ReadSnapshotAsync(Run))!.Payload.ToArray());
        Assert.Equal(1, (await journal.VerifyAsync(Run)).Snapshots);
    }

    [SkippableFact]
    public async Task Snapshots_outlive_the_epoch_and_do_not_disturb_the_chain()
    {
        await using var journal = Open();
        for (var i = 1; i <= 3; i++)
        {
            await using var writer = await journal.AcquireAsync(Run, Owner("test"));
            await writer.AppendAsync(Events(i, i), durable: true);
            await writer.SaveSnapshotAsync(new byte[i * 100_000]);
        }

        var verification = await journal.VerifyAsync(Run);
        Assert.True(verification.Intact, string.Join('\n', verification.Problems));
        Assert.Equal((3L, 2), (verification.Events, verification.Snapshots));
        Assert.Equal(300_000, (await journal.ReadSnapshotAsync(Run))!.Payload.Length);
    }

    [SkippableFact]
    public async Task An_empty_snapshot_is_a_snapshot()
    {
        await using var journal = Open();
        await using var writer = await journal.AcquireAsync(Run, Owner("test"));
        await writer.AppendAsync(Events(1, 1), durable: true);
        await writer.SaveSnapshotAsync(ReadOnlyMemory<byte>.Empty);

        Assert.Equal(0, (await journal.ReadSnapshotAsync(Run))!.Payload.Length);
    }
}
