using System.Runtime.CompilerServices;
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

    /// <summary>The newest intact snapshot, or null.</summary>
    public static async Task<JournalSnapshot?> NewestAsync(NpgsqlConnection connection, RunId run, long id, CancellationToken cancellationToken)
    {
        await foreach (var (snapshot, isIntact) in ReadAsync(connection, run, id, cancellationToken))
        {
            if (isIntact)
            {
                return snapshot;
            }
        }

        return null;
    }

    /// <summary>The sequences of all snapshots, and whether they are intact.</summary>
    public static async Task<List<(long Sequence, bool IsIntact)>> CheckAsync(
        NpgsqlConnection connection, RunId run, long id, CancellationToken cancellationToken)
    {
        var found = new List<(long, bool)>();
        await foreach (var (snapshot, isIntact) in ReadAsync(connection, run, id, cancellationToken))
        {
            found.Add((snapshot.Sequence, isIntact));
        }

        return found;
    }

    /// <summary>One by one, from the newest on: the second is rarely needed, and either may be large.</summary>
    private static async IAsyncEnumerable<(JournalSnapshot Snapshot, bool IsIntact)> ReadAsync(
        NpgsqlConnection connection, RunId run, long id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var verifier = new JournalChain(run);
        for (var before = long.MaxValue; ;)
        {
            await using var command = connection.Command(SelectOne, id, before);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                yield break;
            }

            before = reader.GetInt64(0);
            var seal = reader.GetFieldValue<byte[]>(1);
            var payload = reader.GetFieldValue<byte[]>(2);
            var sealOfEvent = await reader.IsDBNullAsync(3, cancellationToken) ? [] : reader.GetFieldValue<byte[]>(3);
            var isIntact = seal.Length == Seal.SizeInBytes
                && sealOfEvent.Length == Seal.SizeInBytes
                && verifier.IsIntactSnapshot(Seal.Read(sealOfEvent), before, payload, Seal.Read(seal));
            yield return (new JournalSnapshot(before, payload), isIntact);
        }
    }

    private static NpgsqlParameter[] Values(params object[] values) => [.. values.Select(value => new NpgsqlParameter { Value = value })];
}
