using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>
/// How a run comes to belong to one process, or is deleted: its row locked, its owner dead or overruled, its end checked, a new epoch.
/// Each happens inside one transaction, so two processes cannot be at it at the same time.
/// </summary>
internal sealed class PostgreSqlAcquisition(PostgreSqlServer server, RunId run)
{
    /// <summary>Acquires the run. Whatever fails, nothing stays open and nothing is changed.</summary>
    public async Task<IJournalWriter> AcquireAsync(string owner, bool createIfMissing, bool takeover, CancellationToken cancellationToken)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await server.OpenDedicatedAsync(cancellationToken);
            if (!await server.Schema.PrepareAsync(connection, createIfMissing, cancellationToken))
            {
                throw NotFound();
            }

            var row = await ClaimAsync(
                connection,
                createIfMissing,
                takeover,
                dead => BeginEpochAsync(connection, dead, owner, cancellationToken),
                cancellationToken);
            return new PostgreSqlJournalWriter(server, run, row, new RunLease(server, row, connection));
        }
        catch (Exception exception)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }

            throw PostgreSqlErrors.IsOurs(exception) ? PostgreSqlErrors.WhileReading(exception, server.Address, run) : exception;
        }
    }

    /// <summary>Deletes the run, damaged or not, unless its owner lives.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await server.OpenDedicatedAsync(cancellationToken);
            if (!await server.Schema.PrepareAsync(connection, createIfMissing: false, cancellationToken))
            {
                throw NotFound();
            }

            await ClaimAsync(connection, createIfMissing: false, takeover: false, Delete, cancellationToken);

            async Task<RunRow> Delete(RunRow row)
            {
                foreach (var table in new[] { "events", "snapshots", "epochs" })
                {
                    await using var command = connection.Command($"DELETE FROM {table} WHERE run_id = $1", row.Id);
                    command.CommandTimeout = 0; // hundreds of gigabytes take their time
                    await command.ExecuteNonQueryAsync(cancellationToken);
                }

                await connection.ExecuteAsync("DELETE FROM runs WHERE id = $1", [row.Id], cancellationToken);
                return row;
            }
        }
        catch (Exception exception) when (PostgreSqlErrors.IsOurs(exception))
        {
            throw PostgreSqlErrors.WhileReading(exception, server.Address, run);
        }
    }

    /// <summary>
    /// Locks the run's row once its owner is dead, and acts in that transaction. An owner whose lease has run out is dead; one whose
    /// lease runs lives as long as its session does, and for a grace after that, in which a cut connection can be restored.
    /// </summary>
    private async Task<RunRow> ClaimAsync(
        NpgsqlConnection connection, bool createIfMissing, bool takeover, Func<RunRow, Task<RunRow>> act, CancellationToken cancellationToken)
    {
        (long Epoch, long Since)? ended = null;
        while (true)
        {
            await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
            {
                if (createIfMissing)
                {
                    await connection.ExecuteAsync(
                        "INSERT INTO runs (name, epoch, sequence, seal, owner, lease_until) VALUES ($1, 0, 0, $2, '', '-infinity') ON CONFLICT (name) DO NOTHING",
                        [run.Name, Seal.Genesis.ToArray()],
                        cancellationToken);
                }

                var row = await RunRow.LockAsync(connection, run, cancellationToken) ?? throw NotFound();
                if (row.LeaseRuns && !takeover)
                {
                    if (!await OwnerSession.HasEndedAsync(connection, row.Id, row.Epoch, cancellationToken))
                    {
                        throw new JournalLockedException(run, row.Owner);
                    }

                    ended = ended is { } seen && seen.Epoch == row.Epoch ? seen : (row.Epoch, server.Clock.GetTimestamp());
                }

                if (ended is null || !row.LeaseRuns || takeover || server.Clock.GetElapsedTime(ended.Value.Since) >= server.Options.Grace)
                {
                    var acted = await act(row);
                    await transaction.CommitAsync(cancellationToken);
                    return acted;
                }
            }

            await Task.Delay(server.Options.FirstPause, server.Clock, cancellationToken);
        }
    }

    private async Task<RunRow> BeginEpochAsync(NpgsqlConnection connection, RunRow row, string owner, CancellationToken cancellationToken)
    {
        await CheckEndAsync(connection, cancellationToken);
        var next = row with { Epoch = row.Epoch + 1, Owner = owner, LeaseRuns = true };
        await connection.ExecuteAsync(
            "UPDATE runs SET epoch = $2, owner = $3, lease_until = clock_timestamp() + $4 WHERE id = $1",
            [next.Id, next.Epoch, owner, server.Options.Lease],
            cancellationToken);
        await connection.ExecuteAsync(
            "INSERT INTO epochs (run_id, epoch, owner) VALUES ($1, $2, $3)", [next.Id, next.Epoch, owner], cancellationToken);
        await OwnerSession.TryHoldAsync(connection, next.Id, next.Epoch, cancellationToken);
        return next;
    }

    /// <summary>Checks the last event, which everything that follows is chained to.</summary>
    private async Task CheckEndAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var head = await RunRow.CheckAsync(connection, run, cancellationToken) ?? throw NotFound();
        if (head.Sequence > 0)
        {
            using var cursor = new EventCursor(server.Address, run, head.Sequence, PayloadMemory.Own);
            await cursor.ReadBatchAsync(connection, head, cancellationToken);
        }
    }

    private JournalNotFoundException NotFound() => new(run, server.Address.Text);
}
