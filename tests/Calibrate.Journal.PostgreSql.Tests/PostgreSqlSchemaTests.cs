using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.PostgreSql.Tests;

public sealed class PostgreSqlSchemaTests : IDisposable
{
    private readonly TestDatabase database = new();

    private static PostgreSqlJournalOptions Newer => new()
    {
        Migrations =
        [
            .. SchemaMigration.All,
            new SchemaMigration(SchemaMigration.All.Count + 1, "a note for every run", "ALTER TABLE runs ADD COLUMN note text NOT NULL DEFAULT 'none'"),
        ],
    };

    public void Dispose() => database.Dispose();

    [SkippableFact]
    public async Task Nothing_is_made_by_reading_and_everything_by_the_first_acquisition()
    {
        await using var journal = database.Open();
        Assert.Empty(await journal.ListAsync());
        await Assert.ThrowsAsync<JournalNotFoundException>(() => journal.ReadSnapshotAsync(TestDatabase.Run));
        await Assert.ThrowsAsync<JournalNotFoundException>(() => journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner with { CreateIfMissing = false }));
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM pg_namespace WHERE nspname = current_schema()"));

        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        Assert.Equal(SchemaMigration.All.Count, await database.ScalarAsync<int>("SELECT max(version) FROM calibrate_schema"));
    }

    [SkippableFact]
    public async Task An_older_schema_is_refused_to_readers_and_migrated_by_the_next_acquisition()
    {
        await using (var old = database.Open())
        {
            await using var writer = await old.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
            await writer.AppendAsync(KnownEvents.Range(1, 5), durable: true);
        }

        await using var journal = database.Open(Newer);
        var refused = await Assert.ThrowsAsync<JournalFormatException>(() => journal.ListAsync());
        Assert.Contains("has schema version 1; this version of Calibrate reads version 2", refused.Message, StringComparison.Ordinal);

        await using (var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner))
        {
            Assert.Equal(5, writer.LastSequence);
            await writer.AppendAsync(KnownEvents.Range(6, 6), durable: true);
        }

        Assert.Equal("none", await database.ScalarAsync<string>("SELECT note FROM runs"));
        Assert.Equal("1,2", await database.ScalarAsync<string>("SELECT string_agg(version::text, ',' ORDER BY version) FROM calibrate_schema"));
        var verification = await journal.VerifyAsync(TestDatabase.Run);
        Assert.Equal((6L, true), (verification.Events, verification.Intact));
    }

    [SkippableFact]
    public async Task A_migration_waits_for_the_owners_of_the_older_version_to_stop()
    {
        await using var old = database.Open();
        var writer = await old.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await using var journal = database.Open(Newer);

        var refused = await Assert.ThrowsAsync<JournalLockedException>(() => journal.AcquireAsync(RunId.Parse("another"), TestDatabase.Owner));
        Assert.Contains("older version", refused.Message, StringComparison.Ordinal);
        await writer.AppendAsync(KnownEvents.Range(1, 1), durable: true);
        await writer.DisposeAsync();

        await using var other = await journal.AcquireAsync(RunId.Parse("another"), TestDatabase.Owner);
        Assert.Equal(1, other.Epoch);
    }

    [SkippableFact]
    public async Task A_migration_that_fails_leaves_the_schema_as_it_was()
    {
        await using (var old = database.Open())
        {
            await (await old.AcquireAsync(TestDatabase.Run, TestDatabase.Owner)).DisposeAsync();
        }

        await using var journal = database.Open(new PostgreSqlJournalOptions
        {
            Migrations = [.. Newer.Migrations, new SchemaMigration(SchemaMigration.All.Count + 2, "broken", "SELECT nothing FROM nowhere")],
        });
        await Assert.ThrowsAnyAsync<JournalException>(() => journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner));

        Assert.Equal(1, await database.ScalarAsync<int>("SELECT max(version) FROM calibrate_schema"));
        await using var again = database.Open();
        Assert.Single(await again.ListAsync());
    }

    [SkippableFact]
    public async Task A_newer_schema_is_refused_to_everybody()
    {
        await using (var newer = database.Open(Newer))
        {
            await (await newer.AcquireAsync(TestDatabase.Run, TestDatabase.Owner)).DisposeAsync();
        }

        await using var journal = database.Open();
        var refused = await Assert.ThrowsAsync<JournalFormatException>(() => journal.ListAsync());
        Assert.Contains("has schema version 2; this version of Calibrate knows versions up to 1", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JournalFormatException>(() => journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner));
        await Assert.ThrowsAsync<JournalFormatException>(() => journal.DeleteAsync(TestDatabase.Run));
    }

    [SkippableFact]
    public async Task Other_peoples_tables_are_left_alone()
    {
        await database.ExecuteAsync($"CREATE SCHEMA {database.Address.Schema}");
        await database.ExecuteAsync("CREATE TABLE events (whose text)");
        await using var journal = database.Open();

        var refused = await Assert.ThrowsAsync<JournalFormatException>(() => journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner));
        Assert.Contains("holds other tables ('events')", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await database.ScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"));
    }
}
