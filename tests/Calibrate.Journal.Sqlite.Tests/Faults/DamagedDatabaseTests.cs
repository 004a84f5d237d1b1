using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

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
        JournalFiles.FlipInside(runs.Files.Database, KnownEvents.SmallAt(Events).Payload.Span);
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

    private static void Overwrite(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, bytes, 0);
    }
}
