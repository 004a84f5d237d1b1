using Calibrate.Runtime.Journals;
using Microsoft.Data.Sqlite;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class SqliteSchemaTests : IDisposable
{
    private readonly TemporaryRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task A_new_journal_has_the_pages_the_marks_and_the_mode_of_its_format()
    {
        await CreateAsync();
        Assert.Equal(8192L, Query("PRAGMA page_size"));
        Assert.Equal((long)SqliteSchema.ApplicationId, Query("PRAGMA application_id"));
        Assert.Equal(1L, Query("PRAGMA user_version"));
        Assert.Equal("wal", Query("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task A_newer_version_is_refused_and_named()
    {
        await CreateAsync();
        Query("PRAGMA user_version = 2");
        var refused = await Assert.ThrowsAsync<JournalFormatException>(AcquireAsync);
        Assert.Equal(
            "The journal of run 'test' has format version 2; this version of Calibrate reads version 1. Use the version that wrote it, or a newer one.",
            refused.Message);
        await Assert.ThrowsAsync<JournalFormatException>(runs.ReadAsync);
        Assert.False((await runs.Open().VerifyAsync(TemporaryRuns.Run)).Intact);
    }

    [Fact]
    public async Task Another_programs_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(runs.Files.Directory);
        Query("CREATE TABLE theirs (x)");
        var before = await File.ReadAllBytesAsync(runs.Files.Database);
        var refused = await Assert.ThrowsAsync<JournalFormatException>(AcquireAsync);
        Assert.Contains("is not a journal of Calibrate", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(runs.Files.Database));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        Directory.CreateDirectory(runs.Files.Directory);
        await File.WriteAllTextAsync(runs.Files.Database, new string('x', 10_000));
        await Assert.ThrowsAsync<JournalDamagedException>(AcquireAsync);
    }

    [Fact]
    public async Task What_an_interrupted_creation_or_an_earlier_journal_left_behind_does_no_harm()
    {
        await CreateAsync();
        await using (var writer = await runs.Open().AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner))
        {
            await writer.AppendAsync([new JournalEvent(1, new byte[5000])], durable: true);
            await writer.AppendAsync([new JournalEvent(2, new byte[5000])], durable: true);
            Assert.NotEqual(0, runs.Files.WriteAheadLogBytes);
            foreach (var left in new[] { runs.Files.WriteAheadLog, runs.Files.Mark })
            {
                File.Copy(left, left + ".old");
            }
        }

        File.Delete(runs.Files.Database);
        foreach (var left in new[] { runs.Files.WriteAheadLog, runs.Files.Mark })
        {
            File.Move(left + ".old", left, overwrite: true);
        }

        await File.WriteAllTextAsync(runs.Files.NewDatabase, "half a database");
        await CreateAsync();
        Assert.Empty(await runs.ReadAsync());
        Assert.True((await runs.Open().VerifyAsync(TemporaryRuns.Run)).Intact);
    }

    private async Task CreateAsync() => await (await AcquireAsync()).DisposeAsync();

    private Task<IJournalWriter> AcquireAsync() => runs.Open().AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner);

    private object? Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={runs.Files.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
