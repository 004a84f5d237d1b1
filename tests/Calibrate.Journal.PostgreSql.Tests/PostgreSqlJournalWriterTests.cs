using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.PostgreSql.Tests;

public sealed class PostgreSqlJournalWriterTests : IDisposable
{
    private const string ForgetBehind3 =
        "WITH kept AS (SELECT run_id, seal FROM events WHERE sequence = 3), gone AS (DELETE FROM events WHERE sequence > 3) "
        + "UPDATE runs SET sequence = 3, seal = kept.seal FROM kept WHERE id = run_id";

    // Nothing becomes durable unless it is asked for.
    private static readonly PostgreSqlJournalOptions Patient = new() { UnflushedAge = TimeSpan.FromHours(1), Renewal = TimeSpan.FromHours(1) };

    private readonly TestDatabase database = new();

    public void Dispose() => database.Dispose();

    [SkippableFact]
    public async Task What_a_crashed_server_forgot_is_written_again_with_the_same_seals()
    {
        await using var journal = database.Open(Patient);
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(KnownEvents.Range(1, 3), durable: true);
        await writer.AppendAsync(KnownEvents.Range(4, 5), durable: false);
        await writer.AppendAsync(KnownEvents.Range(6, 6), durable: false);
        var before = await database.ReadAsync();

        await database.ExecuteAsync(ForgetBehind3);
        await database.CutSessionsAsync();
        await writer.AppendAsync(KnownEvents.Range(7, 7), durable: false);

        var after = await database.ReadAsync();
        Assert.Equal(7, after.Count);
        Assert.Equal(before.Select(entry => entry.Seal), after.Take(6).Select(entry => entry.Seal));
        Assert.All(after, entry => Assert.True(KnownEvents.Matches(entry)));
    }

    [SkippableFact]
    public async Task A_snapshot_finds_out_too_that_the_server_forgot_something()
    {
        await using var journal = database.Open(Patient);
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(KnownEvents.Range(1, 3), durable: true);
        await writer.AppendAsync(KnownEvents.Range(4, 6), durable: false);

        await database.ExecuteAsync(ForgetBehind3);
        await writer.SaveSnapshotAsync(new byte[] { 1 });

        Assert.Equal(6, (await database.ReadAsync()).Count);
        Assert.Equal(6, (await journal.ReadSnapshotAsync(TestDatabase.Run))!.Sequence);
    }

    [SkippableFact]
    public async Task A_server_that_lost_what_it_had_promised_to_keep_is_not_written_to()
    {
        await using var journal = database.Open(Patient);
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(KnownEvents.Range(1, 3), durable: true);
        await writer.AppendAsync(KnownEvents.Range(4, 6), durable: true);

        await database.ExecuteAsync(ForgetBehind3);
        await database.CutSessionsAsync();

        var failure = await Assert.ThrowsAsync<JournalWriteException>(() => writer.AppendAsync(KnownEvents.Range(7, 7), durable: true));
        Assert.Contains("its last event is not the one this process wrote", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, (await database.ReadAsync()).Count);
    }

    [SkippableFact]
    public async Task Not_waiting_for_the_disk_has_an_end_in_bytes_and_in_time()
    {
        foreach (var options in new[] { Patient with { UnflushedBytes = 1 }, Patient with { UnflushedAge = TimeSpan.Zero } })
        {
            await using var journal = database.Open(options);
            await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
            var first = (int)writer.LastSequence + 1;
            await writer.AppendAsync(KnownEvents.Range(first, first + 2), durable: false);
            await writer.AppendAsync(KnownEvents.Range(first + 3, first + 3), durable: false);

            // Forgetting now would contradict what is durable, although nobody asked for it.
            await database.ExecuteAsync($"DELETE FROM events WHERE sequence = {first + 3}");
            await database.ExecuteAsync("UPDATE runs SET sequence = e.sequence, seal = e.seal FROM events e WHERE e.run_id = id AND e.sequence = (SELECT max(sequence) FROM events)");
            await database.CutSessionsAsync();
            await Assert.ThrowsAsync<JournalWriteException>(() => writer.AppendAsync(KnownEvents.Range(first + 4, first + 4), durable: true));
        }
    }

    [SkippableFact]
    public async Task A_run_that_was_deleted_under_its_writer_is_not_brought_back()
    {
        await using var journal = database.Open(Patient);
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(KnownEvents.Range(1, 3), durable: true);
        await database.ExecuteAsync("DELETE FROM events; DELETE FROM runs");
        await using var again = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);

        var failure = await Assert.ThrowsAsync<JournalWriteException>(() => writer.AppendAsync(KnownEvents.Range(4, 4), durable: true));
        Assert.Contains("the run was deleted", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await database.ReadAsync());
    }
}
