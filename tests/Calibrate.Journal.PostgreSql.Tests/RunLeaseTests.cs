using Calibrate.Testing.Journals;

namespace Calibrate.Journal.PostgreSql.Tests;

public sealed class RunLeaseTests : IDisposable
{
    private const string SessionIsHeld =
        "SELECT EXISTS (SELECT FROM pg_locks, runs WHERE locktype = 'advisory' AND (classid::bigint << 32 | objid::bigint) = "
        + "hashtextextended(format('calibrate owner %s %s %s', current_schema(), runs.id, runs.epoch), 0))";

    private readonly TestDatabase database = new();

    public void Dispose() => database.Dispose();

    [SkippableFact]
    public async Task The_lease_is_renewed_while_the_owner_has_nothing_to_write()
    {
        await using var journal = database.Open(new PostgreSqlJournalOptions { Renewal = TimeSpan.FromMilliseconds(20) });
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await database.ExecuteAsync("UPDATE runs SET lease_until = clock_timestamp() - interval '1 ms'");

        await database.UntilAsync("SELECT lease_until > clock_timestamp() FROM runs");
    }

    [SkippableFact]
    public async Task A_cut_session_is_restored_at_once()
    {
        await using var journal = database.Open(new PostgreSqlJournalOptions { Renewal = TimeSpan.FromHours(1) });
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        for (var cut = 0; cut < 3; cut++)
        {
            Assert.True(await database.ScalarAsync<bool>(SessionIsHeld));
            await database.CutSessionsAsync();
            await database.UntilAsync(SessionIsHeld);
        }
    }

    [SkippableFact]
    public async Task A_lease_that_a_newer_epoch_has_taken_is_given_up_and_not_disturbed()
    {
        await using var server = database.Server(new PostgreSqlJournalOptions { Renewal = TimeSpan.FromMilliseconds(20) });
        await using var journal = database.Open();
        await (await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner)).DisposeAsync();
        await using var taken = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);

        await using (var connection = await server.OpenDedicatedAsync())
        {
            var row = await RunRow.FindAsync(connection, TestDatabase.Run);
            var stale = new RunLease(server, row! with { Epoch = 1 }, await server.OpenDedicatedAsync());
            await stale.Ended;
            await stale.DisposeAsync();
        }

        Assert.True(await database.ScalarAsync<bool>("SELECT lease_until > clock_timestamp() FROM runs"));
        await taken.AppendAsync(KnownEvents.Range(1, 1), durable: true);
    }
}
