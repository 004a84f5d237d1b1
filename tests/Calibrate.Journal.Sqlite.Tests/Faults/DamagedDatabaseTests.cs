using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;
using Microsoft.Data.Sqlite;

namespace Calibrate.Journal.Sqlite.Tests.Faults;

/// <summary>Damage that no power cut leaves behind is refused, names the event, and changes nothing.</summary>
public sealed class DamagedDatabaseTests
{
    private const int Events = 40;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_database_file_that_was_cut_anywhere_is_refused(bool closed)
    {
        var files = closed
            ? await JournalFiles.ClosedAsync(Events, KnownEvents.At)
            : await JournalFiles.KilledAsync(Events, KnownEvents.At, new SqliteJournalOptions { CheckpointBytes = 64 << 10 });
        using var runs = new TemporaryRuns();
        await using var journal = runs.Open();
        var whole = files.Database.Length;
        foreach (var length in new[] { 0, 1, 99, 100, 4096, 4097, 5 * 4096, whole / 2, whole - 4096, whole - 1 })
        {
            files.PutInto(runs.Files);
            Overwrite(runs.Files.Database, files.Database.AsSpan(0, length));

            var refused = await Assert.ThrowsAsync<JournalDamagedException>(() => journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner));
            Assert.Contains("run 'test' is damaged", refused.Message, StringComparison.Ordinal);
            Assert.False((await journal.VerifyAsync(TemporaryRuns.Run)).Intact);
            Assert.Equal(length, new FileInfo(runs.Files.Database).Length);
        }
    }

    [Fact]
    public async Task A_damaged_last_event_is_refused_by_name_on_resuming_and_on_reading()
    {
        using var runs = new TemporaryRuns();
        (await JournalFiles.ClosedAsync(Events, KnownEvents.SmallAt)).PutInto(runs.Files);
        FlipInside(runs.Files.Database, KnownEvents.SmallAt(Events).Payload.Span);
        var before = await File.ReadAllBytesAsync(runs.Files.Database);

        await using var journal = runs.Open();
        var refused = await Assert.ThrowsAsync<JournalDamagedException>(() => journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner));
        Assert.Equal(Events, refused.Sequence);
        Assert.Equal(
            "The journal of run 'test' is damaged at event 40: its content does not match its CRC-32C. Nothing was changed. Restore it from a copy, or start the run again under another name.",
            refused.Message);
        Assert.Equal(Events, (await Assert.ThrowsAsync<JournalDamagedException>(runs.ReadAsync)).Sequence);
        Assert.Equal(before, await File.ReadAllBytesAsync(runs.Files.Database));
    }

    [Fact]
    public async Task Damage_further_up_is_named_by_reading_and_verifying_and_does_not_stop_a_resume_behind_it()
    {
        using var runs = new TemporaryRuns();
        (await JournalFiles.ClosedAsync(Events, KnownEvents.SmallAt)).PutInto(runs.Files);
        FlipInside(runs.Files.Database, KnownEvents.SmallAt(17).Payload.Span);

        await using var journal = runs.Open();
        Assert.Equal(17, (await Assert.ThrowsAsync<JournalDamagedException>(runs.ReadAsync)).Sequence);
        var verification = await journal.VerifyAsync(TemporaryRuns.Run);
        Assert.Equal(16, verification.Events);
        Assert.Contains("damaged at event 17", Assert.Single(verification.Problems), StringComparison.Ordinal);

        Assert.Equal(35, (await journal.ReadSnapshotAsync(TemporaryRuns.Run))!.Sequence);
        await using var writer = await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner);
        Assert.Equal(Events, writer.LastSequence);
    }

    [Theory]
    [InlineData("DELETE FROM events WHERE sequence = 40", 40, "it is missing, and the journal has 40 events")]
    [InlineData("INSERT INTO events SELECT 41, epoch, kind, seal, payload FROM events WHERE sequence = 40", 41, "it stands behind the last event, 40")]
    [InlineData("UPDATE events SET kind = kind + 1 WHERE sequence = 40", 40, "its content does not match its CRC-32C")]
    [InlineData("UPDATE events SET epoch = 2 WHERE sequence = 40", 40, "its content does not match its CRC-32C")]
    [InlineData("UPDATE events SET kind = 1 << 40 WHERE sequence = 40", 40, "it has the impossible kind 1099511627776")]
    [InlineData("UPDATE events SET seal = x'00' WHERE sequence = 40", 40, "its seal has 1 bytes instead of 36")]
    [InlineData("UPDATE events SET seal = (SELECT seal FROM events WHERE sequence = 38) WHERE sequence = 39", 40, "its SHA-256 seal does not continue the event before it")]
    [InlineData("UPDATE head SET seal = (SELECT seal FROM events WHERE sequence = 39)", 40, "the journal's head has another seal for it")]
    [InlineData("UPDATE head SET sequence = 39", 40, "it stands behind the last event, 39")]
    [InlineData("DELETE FROM head", null, "it has no head")]
    public async Task Tampering_with_the_end_is_refused(string sql, int? sequence, string reason)
    {
        using var runs = new TemporaryRuns();
        (await JournalFiles.ClosedAsync(Events, KnownEvents.SmallAt)).PutInto(runs.Files);
        Tamper(runs, sql);

        await using var journal = runs.Open();
        var refused = await Assert.ThrowsAsync<JournalDamagedException>(() => journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner));
        Assert.Equal(sequence, refused.Sequence);
        Assert.Equal(reason, refused.Reason);
        Assert.False((await journal.VerifyAsync(TemporaryRuns.Run)).Intact);
    }

    [Fact]
    public async Task A_damaged_snapshot_costs_time_only()
    {
        using var runs = new TemporaryRuns();
        (await JournalFiles.ClosedAsync(Events, KnownEvents.SmallAt)).PutInto(runs.Files);
        Tamper(runs, "UPDATE snapshots SET payload = zeroblob(10) WHERE sequence = 35");

        await using var journal = runs.Open();
        Assert.Equal(28, (await journal.ReadSnapshotAsync(TemporaryRuns.Run))!.Sequence);
        var verification = await journal.VerifyAsync(TemporaryRuns.Run);
        Assert.Equal((Events, 1), (verification.Events, verification.Snapshots));
        Assert.Equal(["The snapshot after event 35 is damaged; the events still hold everything."], verification.Problems);

        Tamper(runs, "UPDATE snapshots SET sequence = 29 WHERE sequence = 28");
        Assert.Null(await journal.ReadSnapshotAsync(TemporaryRuns.Run));
    }

    private static void Tamper(TemporaryRuns runs, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={runs.Files.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void FlipInside(string path, ReadOnlySpan<byte> content)
    {
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().LastIndexOf(content);
        Assert.True(at >= 0, "the event's payload is not in one piece in the file");
        bytes[at + (content.Length / 2)] ^= 4;
        Overwrite(path, bytes);
    }

    private static void Overwrite(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, bytes, 0);
    }
}
