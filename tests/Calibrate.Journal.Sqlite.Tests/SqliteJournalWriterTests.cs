using Calibrate.Journal.Sqlite.Tests.Faults;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;
using Microsoft.Data.Sqlite;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class SqliteJournalWriterTests : IDisposable
{
    private const int CheckpointBytes = 1 << 20;
    private static readonly byte[] Block = new byte[100_000];

    private readonly TemporaryRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task The_log_stays_short_however_much_is_written()
    {
        Assert.InRange(await LongestLogAsync(), CheckpointBytes / 2, 2 * CheckpointBytes);
    }

    [Fact]
    public async Task The_log_stays_short_while_a_reading_is_under_way()
    {
        await using var writer = await JournalAsync();
        await writer.AppendAsync([.. Enumerable.Range(0, 2000).Select(_ => new JournalEvent(1, new byte[1000]))], durable: true);
        await writer.DisposeAsync();

        await using var reading = runs.Open().ReadAsync(TemporaryRuns.Run).GetAsyncEnumerator();
        Assert.True(await reading.MoveNextAsync());
        Assert.InRange(await LongestLogAsync(), CheckpointBytes / 2, 2 * CheckpointBytes);
        while (await reading.MoveNextAsync())
        {
        }

        Assert.Equal(2000 + 200, (await runs.ReadAsync()).Count);
    }

    [Fact]
    public async Task A_foreign_reader_that_holds_the_log_does_not_stop_the_writer_which_catches_up_after_it()
    {
        await using var writer = await JournalAsync();
        await writer.AppendAsync([new JournalEvent(1, Block)], durable: true);
        using (var foreign = new SqliteConnection($"Data Source={runs.Files.Database};Mode=ReadOnly;Pooling=False"))
        {
            foreign.Open();
            using var transaction = foreign.BeginTransaction(deferred: true);
            using var command = foreign.CreateCommand();
            command.CommandText = "SELECT count(*) FROM events";
            command.ExecuteScalar();
            for (var i = 0; i < 40; i++)
            {
                await writer.AppendAsync([new JournalEvent(1, Block)], durable: false);
            }

            Assert.InRange(runs.Files.WriteAheadLogBytes, 40 * Block.Length, 60 * Block.Length);
        }

        for (var i = 0; i < 12; i++)
        {
            await writer.AppendAsync([new JournalEvent(1, Block)], durable: false);
        }

        Assert.InRange(runs.Files.WriteAheadLogBytes, 0, 2 * CheckpointBytes);
        Assert.Equal(53, (await runs.ReadAsync()).Count);
    }

    [Fact]
    public async Task The_first_append_of_an_epoch_is_in_the_database_at_once_and_outlives_the_log()
    {
        await using (var writer = await JournalAsync())
        {
            await writer.AppendAsync(KnownEvents.Range(1, 2), durable: true);
            Assert.Equal(0, runs.Files.WriteAheadLogBytes);
            await writer.AppendAsync(KnownEvents.Range(3, 3), durable: true);
            Assert.NotEqual(0, runs.Files.WriteAheadLogBytes);

            var killed = JournalFiles.Of(runs.Files);
            using var elsewhere = new TemporaryRuns();
            killed.PutInto(elsewhere.Files);
            File.Delete(elsewhere.Files.WriteAheadLog);
            Assert.Equal(2, (await elsewhere.ReadAsync()).Count);
        }
    }

    [Fact]
    public async Task Closing_leaves_the_database_the_lock_and_the_mark()
    {
        await using (var writer = await JournalAsync())
        {
            await writer.AppendAsync([new JournalEvent(1, Block)], durable: false);
            Assert.True(File.Exists(runs.Files.WriteAheadLog));
        }

        Assert.Equal(
            ["journal.db", "journal.lock", "journal.mark"],
            Directory.EnumerateFiles(runs.Files.Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_mark_follows_every_acknowledgement()
    {
        await using var writer = await JournalAsync();
        for (var sequence = 1; sequence <= 30; sequence++)
        {
            await writer.AppendAsync([KnownEvents.At(sequence)], durable: sequence % 2 == 0);
            Assert.Equal(new Acknowledged(sequence, runs.Files.WriteAheadLogBytes), HighWaterMark.Read(runs.Files.Mark)!.Value.Expected);
        }
    }

    private async Task<IJournalWriter> JournalAsync()
    {
        var journal = new SqliteJournal(
            runs.Path, new SqliteJournalOptions { CheckpointBytes = CheckpointBytes, CheckpointPatience = TimeSpan.FromMilliseconds(10) });
        return await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner);
    }

    private async Task<long> LongestLogAsync()
    {
        await using var writer = await JournalAsync();
        var longest = 0L;
        for (var i = 0; i < 200; i++)
        {
            await writer.AppendAsync([new JournalEvent(1, Block)], durable: i % 5 == 0);
            longest = Math.Max(longest, runs.Files.WriteAheadLogBytes);
        }

        return longest;
    }
}
