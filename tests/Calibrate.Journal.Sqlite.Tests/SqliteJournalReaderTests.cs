using Calibrate.Journal.Sqlite.Tests.Faults;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class SqliteJournalReaderTests
{
    private const int Events = 40;

    [Fact]
    public async Task Batches_end_at_512_events_or_4_MiB_and_go_on_where_they_stopped()
    {
        using var runs = new TemporaryRuns();
        await using (var writer = await runs.Open().AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner))
        {
            await writer.AppendAsync([.. Enumerable.Range(1, 600).Select(i => KnownEvents.SmallAt(i))], durable: true);
            await writer.AppendAsync([.. Enumerable.Range(0, 5).Select(_ => new JournalEvent(1, new byte[2 << 20]))], durable: true);
        }

        using var reader = SqliteJournalReader.Open(runs.Files, new SqliteJournalOptions());
        Assert.Equal(Enumerable.Range(1, 512), reader.ReadBatch(1).Select(entry => (int)entry.Sequence));
        Assert.Equal(Enumerable.Range(513, 90), reader.ReadBatch(513).Select(entry => (int)entry.Sequence));
        Assert.Equal([603L, 604], reader.ReadBatch(603).Select(entry => entry.Sequence));
        Assert.Equal([605L], reader.ReadBatch(605).Select(entry => entry.Sequence));
        Assert.Empty(reader.ReadBatch(606));
    }

    [Fact]
    public async Task Damage_further_up_is_named_by_reading_and_verifying_and_does_not_stop_a_resume_behind_it()
    {
        using var runs = new TemporaryRuns();
        (await JournalFiles.ClosedAsync(Events, KnownEvents.SmallAt)).PutInto(runs.Files);
        JournalFiles.FlipInside(runs.Files.Database, KnownEvents.SmallAt(17).Payload.Span);

        await using var journal = runs.Open();
        Assert.Equal(17, (await Assert.ThrowsAsync<JournalDamagedException>(runs.ReadAsync)).Sequence);
        var verification = await journal.VerifyAsync(TemporaryRuns.Run);
        Assert.Equal(16, verification.Events);
        Assert.Contains("damaged at event 17", Assert.Single(verification.Problems), StringComparison.Ordinal);

        Assert.Equal(35, (await journal.ReadSnapshotAsync(TemporaryRuns.Run))!.Sequence);
        await using var writer = await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner);
        Assert.Equal(Events, writer.LastSequence);
    }

    [Fact]
    public async Task A_damaged_snapshot_costs_time_only()
    {
        using var runs = new TemporaryRuns();
        (await JournalFiles.ClosedAsync(Events, KnownEvents.SmallAt)).PutInto(runs.Files);
        JournalFiles.Tamper(runs.Files, "UPDATE snapshots SET payload = zeroblob(10) WHERE sequence = 35");

        await using var journal = runs.Open();
        Assert.Equal(28, (await journal.ReadSnapshotAsync(TemporaryRuns.Run))!.Sequence);
        var verification = await journal.VerifyAsync(TemporaryRuns.Run);
        Assert.Equal((Events, 1), (verification.Events, verification.Snapshots));
        Assert.Equal(["The snapshot after event 35 is damaged; the events still hold everything."], verification.Problems);

        JournalFiles.Tamper(runs.Files, "UPDATE snapshots SET sequence = 29 WHERE sequence = 28");
        Assert.Null(await journal.ReadSnapshotAsync(TemporaryRuns.Run));
    }
}
