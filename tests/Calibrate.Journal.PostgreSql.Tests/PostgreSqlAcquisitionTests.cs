using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.PostgreSql.Tests;

/// <summary>When an owner counts as dead: the lease and the session, told apart.</summary>
public sealed class PostgreSqlAcquisitionTests : IDisposable
{
    // The owner of these tests renews nothing unless it is cut, so that the database holds what the test put there.
    private static readonly PostgreSqlJournalOptions Calm = new() { Renewal = TimeSpan.FromHours(1) };

    private readonly TestDatabase database = new();

    public void Dispose() => database.Dispose();

    [SkippableFact]
    public async Task A_lease_that_has_run_out_frees_the_run_although_its_owner_is_still_connected()
    {
        await using var journal = database.Open(Calm);
        await using var frozen = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await frozen.AppendAsync(KnownEvents.Range(1, 2), durable: true);
        await database.ExecuteAsync("UPDATE runs SET lease_until = clock_timestamp() - interval '1 ms'");

        await using var standby = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        Assert.Equal(2, standby.Epoch);
        await Assert.ThrowsAsync<JournalFencedException>(() => frozen.AppendAsync(KnownEvents.Range(3, 3), durable: true));
        Assert.Equal(2, (await database.ReadAsync()).Count);
    }

    [SkippableFact]
    public async Task An_append_renews_the_lease()
    {
        await using var journal = database.Open(Calm);
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await database.ExecuteAsync("UPDATE runs SET lease_until = clock_timestamp() - interval '1 ms'");
        await writer.AppendAsync(KnownEvents.Range(1, 1), durable: false);

        await Assert.ThrowsAsync<JournalLockedException>(() => journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner));
    }

    [SkippableFact]
    public async Task An_owner_whose_session_has_ended_is_dead_after_the_grace_although_its_lease_runs()
    {
        await using var journal = database.Open(new PostgreSqlJournalOptions { Grace = TimeSpan.FromMilliseconds(60), FirstPause = TimeSpan.FromMilliseconds(10) });
        await (await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner)).DisposeAsync();
        await database.ExecuteAsync("UPDATE runs SET lease_until = clock_timestamp() + interval '1 hour'");

        await using var next = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        Assert.Equal(2, next.Epoch);
    }

    [SkippableFact]
    public async Task An_owner_that_comes_back_within_the_grace_keeps_the_run()
    {
        await using var journal = database.Open(Calm with { Grace = TimeSpan.FromMinutes(1) });
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await database.CutSessionsAsync();

        await Assert.ThrowsAsync<JournalLockedException>(() => journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner));
        await writer.AppendAsync(KnownEvents.Range(1, 3), durable: true);
        Assert.Equal(3, (await database.ReadAsync()).Count);
    }

    [SkippableFact]
    public async Task Letting_go_frees_the_run_at_once()
    {
        await using var journal = database.Open(Calm with { Grace = TimeSpan.FromHours(1) });
        await (await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner)).DisposeAsync();
        await using var next = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        Assert.Equal(2, next.Epoch);
    }

    [SkippableFact]
    public async Task A_living_owner_is_not_deleted_under_and_a_dead_one_leaves_nothing_behind()
    {
        await using var journal = database.Open(Calm);
        var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(KnownEvents.Range(1, 3), durable: true);
        await writer.SaveSnapshotAsync(new byte[] { 1 });
        await Assert.ThrowsAsync<JournalLockedException>(() => journal.DeleteAsync(TestDatabase.Run));
        await writer.DisposeAsync();

        await journal.DeleteAsync(TestDatabase.Run);
        foreach (var table in new[] { "runs", "epochs", "events", "snapshots" })
        {
            Assert.Equal(0, await database.ScalarAsync<long>($"SELECT count(*) FROM {table}"));
        }
    }

    [SkippableFact]
    public async Task A_damaged_end_is_refused_and_nothing_is_changed()
    {
        await using var journal = database.Open(Calm);
        await using (var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner))
        {
            await writer.AppendAsync(KnownEvents.Range(1, 3), durable: true);
        }

        await database.ExecuteAsync("UPDATE events SET payload = set_byte(payload, 5, get_byte(payload, 5) # 1) WHERE sequence = 3");
        var damaged = await Assert.ThrowsAsync<JournalDamagedException>(() => journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner));
        Assert.Equal(3, damaged.Sequence);
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT epoch FROM runs"));
        await journal.DeleteAsync(TestDatabase.Run);
    }
}
