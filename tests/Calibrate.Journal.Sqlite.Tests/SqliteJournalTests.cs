using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class SqliteJournalTests : IDisposable
{
    private readonly TemporaryRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task Only_directories_with_a_journal_and_a_valid_name_are_runs()
    {
        await CreateAsync();
        Directory.CreateDirectory(Path.Combine(runs.Path, "empty"));
        Directory.CreateDirectory(Path.Combine(runs.Path, "not a run"));
        await File.WriteAllTextAsync(Path.Combine(runs.Path, "not a run", RunFiles.DatabaseName), "");
        await File.WriteAllTextAsync(Path.Combine(runs.Path, "file"), "");

        Assert.Equal([TemporaryRuns.Run], await runs.Open().ListAsync());
        Assert.Empty(await new SqliteJournal(Path.Combine(runs.Path, "missing")).ListAsync());
    }

    [Fact]
    public async Task Deleting_takes_the_journal_and_leaves_what_others_put_beside_it()
    {
        await CreateAsync();
        var report = Path.Combine(runs.Files.Directory, "report.html");
        await File.WriteAllTextAsync(report, "a report");
        await runs.Open().DeleteAsync(TemporaryRuns.Run);
        Assert.Equal([report], Directory.EnumerateFiles(runs.Files.Directory));

        File.Delete(report);
        await CreateAsync();
        await runs.Open().DeleteAsync(TemporaryRuns.Run);
        Assert.False(Directory.Exists(runs.Files.Directory));
    }

    [Fact]
    public async Task A_damaged_journal_can_be_deleted()
    {
        await CreateAsync();
        await File.WriteAllTextAsync(runs.Files.Database, "no database any more");
        await runs.Open().DeleteAsync(TemporaryRuns.Run);
        Assert.Empty(await runs.Open().ListAsync());
    }

    [Fact]
    public async Task A_reading_that_is_given_up_lets_go_of_the_file()
    {
        await CreateAsync();
        await using var journal = runs.Open();
        await foreach (var entry in journal.ReadAsync(TemporaryRuns.Run))
        {
            Assert.Equal(1, entry.Sequence);
            break;
        }

        await journal.DeleteAsync(TemporaryRuns.Run);
        Assert.Empty(await journal.ListAsync());
    }

    [Fact]
    public async Task A_runs_directory_that_cannot_be_made_is_a_sentence_for_the_user()
    {
        var file = Path.Combine(runs.Path, "file");
        await File.WriteAllTextAsync(file, "");
        var refused = await Assert.ThrowsAsync<JournalUnavailableException>(
            () => new SqliteJournal(file).AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner));
        Assert.StartsWith("The journal of run 'test' could not be opened: ", refused.Message, StringComparison.Ordinal);
    }

    private async Task CreateAsync()
    {
        await using var writer = await runs.Open().AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner);
        await writer.AppendAsync(KnownEvents.Range(1, 5), durable: true);
    }
}
