using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>The rows of the table <c>snapshots</c>: the newest two states of every run.</summary>
internal static class SnapshotRows
{
    private const string SelectOne =
        """
        SELECT s.sequence, s.seal, s.payload, e.seal
        FROM snapshots s LEFT JOIN events e ON e.run_id = s.run_id AND e.sequence = s.sequence
        WHERE s.run_id = $1 AND s.sequence < $2 ORDER BY s.sequence DESC LIMIT 1
        """;

    private const string Save =
        """
        WITH moved AS (
          UPDATE runs SET lease_until = greatest(lease_until, clock_timestamp() + $6)
          WHERE id = $1 AND epoch = $2 AND sequence = $3 RETURNING id
        )
        INSERT INTO snapshots (run_id, sequence, seal, payload) SELECT id, $3, $4, $5 FROM moved
        ON CONFLICT (run_id, sequence) DO UPDATE SET seal = excluded.seal, payload = excluded.payload
        """;

    private const string DeleteOld =
        """
        DELETE FROM snapshots WHERE run_id = $1
        AND sequence < (SELECT sequence FROM snapshots WHERE run_id = $1 ORDER BY sequence DESC OFFSET 1 LIMIT 1)
        """;

    /// <summary>Stores a snapshot and deletes all but the newest two; false when the epoch does not own the run.</summary>
    public static async Task<bool> SaveAsync(
        NpgsqlConnection connection, RunRow owned, long sequence, Seal seal, ReadOnlyMemory<byte> payload, TimeSpan lease)
    {
        await using var batch = new NpgsqlBatch(connection);
        var save = new NpgsqlBatchCommand(Save);
        save.Parameters.AddRange(Values(owned.Id, owned.Epoch, sequence, seal.ToArray(), payload, lease));
        var delete = new NpgsqlBatchCommand(DeleteOld);
        delete.Parameters.AddRange(Values(owned.Id));
        batch.BatchCommands.Add(save);
        batch.BatchCommands.Add(delete);
        await batch.ExecuteNonQueryAsync();
        return save.RecordsAffected == 1;
    }

    /// <summary>Visits a run's snapshots from the newest on, until the visitor has seen enough.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="run">The run, for its seals.</param>
    /// <param name="id">Its id.</param>
    /// <param name="visit">Gets the snapshot and whether it is intact; returns whether to go on.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task VisitAsync(
        NpgsqlConnection connection, RunId run, long id, Func<JournalSnapshot, bool, bool> visit, CancellationToken cancellationToken)
    {
        using var verifier = new JournalChain(run);
        for (var before = long.MaxValue; ;)
        {
            await using var command = connection.Command(SelectOne, id, before);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                return;
            }

            before = reader.GetInt64(0);
            var seal = reader.GetFieldValue<byte[]>(1);
            var payload = reader.GetFieldValue<byte[]>(2);
            var sealOfEvent = await reader.IsDBNullAsync(3, cancellationToken) ? [] : reader.GetFieldValue<byte[]>(3);
            var isIntact = seal.Length == Seal.SizeInBytes
                && sealOfEvent.Length == Seal.SizeInBytes
                && verifier.IsIntactSnapshot(Seal.Read(sealOfEvent), before, payload, Seal.Read(seal));
            if (!visit(new JournalSnapshot(before, payload), isIntact))
            {
                return;
            }
        }
    }

    private static NpgsqlParameter[] Values(params object[] values) => [.. values.Select(value => new NpgsqlParameter { Value = value })];
}
