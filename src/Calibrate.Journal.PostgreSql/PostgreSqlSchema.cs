using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>
/// The tables of a journal: made, recognised, and brought up to date. Readers change nothing; whoever acquires a run migrates, in one
/// transaction under an advisory lock, and only while no run has an owner, because an owner knows the tables it started with.
/// </summary>
internal sealed class PostgreSqlSchema(PostgreSqlServer server)
{
    private const string LockTables = "SELECT pg_advisory_xact_lock(hashtextextended('calibrate schema ' || $1, 0))";

    private volatile bool isCurrent;

    private PostgreSqlAddress Address => server.Address;

    private int Newest => server.Options.Migrations[^1].Version;

    /// <summary>Whether there is a journal to read.</summary>
    /// <exception cref="JournalFormatException">The tables are not ours, or of another version.</exception>
    public async Task<bool> IsReadableAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!isCurrent)
        {
            switch (await VersionAsync(connection, cancellationToken))
            {
                case 0:
                    return false;
                case var version when version < Newest:
                    throw new JournalFormatException(
                        $"The journal in {Address} has schema version {version}; this version of Calibrate reads version {Newest}. "
                        + "Starting or resuming a run with it migrates the journal.");
                default:
                    isCurrent = true;
                    break;
            }
        }

        return true;
    }

    /// <summary>Makes or migrates the tables, if they are not as this version needs them.</summary>
    /// <param name="connection">Outside of a transaction.</param>
    /// <param name="createIfMissing">Whether to make them when there are none.</param>
    /// <param name="cancellationToken">Ends the waiting for others that are doing the same.</param>
    /// <returns>False when there are none and they were not to be made.</returns>
    /// <exception cref="JournalFormatException">The tables are not ours, or of a newer version.</exception>
    /// <exception cref="JournalLockedException">They must be migrated, and a run has an owner.</exception>
    public async Task<bool> PrepareAsync(NpgsqlConnection connection, bool createIfMissing, CancellationToken cancellationToken)
    {
        if (isCurrent)
        {
            return true;
        }

        var version = await VersionAsync(connection, cancellationToken);
        if (version == 0 && !createIfMissing)
        {
            return false;
        }

        if (version < Newest)
        {
            await MigrateAsync(connection, cancellationToken);
        }

        return isCurrent = true;
    }

    private async Task MigrateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(LockTables, [Address.Schema], cancellationToken);

        // Another process may have done it while this one waited for the lock.
        var version = await VersionAsync(connection, cancellationToken);
        if (version == 0)
        {
            await connection.ExecuteAsync($"CREATE SCHEMA IF NOT EXISTS \"{Address.Schema}\"", [], cancellationToken);
            await connection.ExecuteAsync(
                $"CREATE TABLE {SchemaMigration.VersionTable} (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())",
                [],
                cancellationToken);
        }
        else if (version < Newest)
        {
            await RefuseWhileOwnedAsync(connection, cancellationToken);
        }

        foreach (var migration in server.Options.Migrations.Where(migration => migration.Version > version))
        {
            await connection.ExecuteAsync(migration.Sql, [], cancellationToken);
            await connection.ExecuteAsync(
                $"INSERT INTO {SchemaMigration.VersionTable} (version, name) VALUES ($1, $2)", [migration.Version, migration.Name], cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task RefuseWhileOwnedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync("LOCK TABLE runs IN ACCESS EXCLUSIVE MODE", [], cancellationToken);
        await using var command = connection.Command("SELECT name, owner FROM runs WHERE lease_until > clock_timestamp() ORDER BY name LIMIT 1");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken))
        {
            throw new JournalLockedException(RunId.Parse(reader.GetString(0)), reader.GetString(1) + ", with an older version of Calibrate");
        }
    }

    /// <summary>The version of the tables; 0 when there are none.</summary>
    private async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // In one statement: another process may be making them right now.
        await using (var command = connection.Command(
            "SELECT coalesce(bool_or(relname = $2), false), min(relname::text) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
            + "WHERE nspname = $1 AND relkind IN ('r', 'p', 'v', 'm', 'f')",
            Address.Schema,
            SchemaMigration.VersionTable))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            if (!reader.GetBoolean(0))
            {
                return await reader.IsDBNullAsync(1, cancellationToken)
                    ? 0
                    : throw new JournalFormatException(
                        $"The schema '{Address.Schema}' of {Address} holds other tables ('{reader.GetString(1)}') and no journal of Calibrate. Name another one with ?schema=NAME.");
            }
        }

        var version = await connection.ScalarAsync<int>($"SELECT max(version) FROM {SchemaMigration.VersionTable}", [], cancellationToken);
        return version <= Newest
            ? version
            : throw new JournalFormatException(
                $"The journal in {Address} has schema version {version}; this version of Calibrate knows versions up to {Newest}. Use the version that migrated it, or a newer one.");
    }
}
