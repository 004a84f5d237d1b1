using System.Globalization;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class SqliteAcquisitionTests : IDisposable
{
    private readonly TemporaryRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task Every_epoch_is_kept_with_its_owner_and_long_owners_are_cut()
    {
        await using var journal = runs.Open();
        await (await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner)).DisposeAsync();
        await (await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner with { Owner = new string('x', 1000) })).DisposeAsync();

        using var database = SqliteDatabase.OpenReadOnly(runs.Files.Database, TimeSpan.Zero);
        using var select = database.Prepare("SELECT epoch, owner FROM epochs ORDER BY epoch");
        Assert.True(select.Step());
        Assert.Equal((1L, "the test"), (select.Int64(0), select.Text(1)));
        Assert.True(select.Step());
        Assert.Equal((2L, new string('x', 200)), (select.Int64(0), select.Text(1)));
        Assert.False(select.Step());
    }

    [Fact]
    public async Task A_refused_process_leaves_the_owner_and_its_files_alone()
    {
        await using var journal = runs.Open();
        await using var writer = await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner);
        await writer.AppendAsync(KnownEvents.Range(1, 20), durable: true);
        var log = runs.Files.WriteAheadLogBytes;
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<JournalLockedException>(() => journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner));
        }

        Assert.Equal(log, runs.Files.WriteAheadLogBytes);
        await writer.AppendAsync(KnownEvents.Range(21, 21), durable: true);
        Assert.Equal(21, (await runs.ReadAsync()).Count);
    }

    [Fact]
    public async Task A_run_that_is_being_created_by_somebody_else_is_refused()
    {
        Directory.CreateDirectory(runs.Files.Directory);
        using var creator = OwnerLock.TryTake(runs.Files.Lock);
        var refused = await Assert.ThrowsAsync<JournalLockedException>(() => runs.Open().AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner));
        Assert.Equal("another process that is just starting", refused.Owner);
        Assert.False(runs.Files.Exist);
    }

    [Fact]
    public async Task Deleting_is_refused_by_name_while_the_owner_lives()
    {
        await using var journal = runs.Open();
        await using var writer = await journal.AcquireAsync(TemporaryRuns.Run, AcquireOptions.ForThisProcess(TimeProvider.System) with { CreateIfMissing = true });
        var refused = await Assert.ThrowsAsync<JournalLockedException>(() => journal.DeleteAsync(TemporaryRuns.Run));
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on "), refused.Owner, StringComparison.Ordinal);
        Assert.True(runs.Files.Exist);
    }
}
