using System.Data;
using System.Runtime.InteropServices;
using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>
/// Walks along the rows of the table <c>events</c> in batches, checking each row against the one before. Every batch is a query of
/// its own: what was read never changes, so nothing is gained by a long one, and a long one would keep the server from tidying up.
/// </summary>
internal sealed class EventCursor(PostgreSqlAddress address, RunId run, long fromSequence, PayloadMemory memory) : IDisposable
{
    /// <summary>Events of a batch at most.</summary>
    public const int BatchEvents = 512;

    /// <summary>Bytes after which a batch ends: the server adds them up, so that a journal of large events is not read at once.</summary>
    public const int BatchBytes = 4 << 20;

    private static readonly string SelectEvents =
        $"""
        SELECT sequence, epoch, kind, seal, bytes, payload
        FROM (
          SELECT sequence, epoch, kind, seal, octet_length(payload) AS bytes, payload,
                 sum(octet_length(payload)) OVER (ORDER BY sequence ROWS UNBOUNDED PRECEDING) AS total
          FROM events WHERE run_id = $1 AND sequence >= $2 ORDER BY sequence LIMIT {BatchEvents}
        ) AS next
        WHERE total - bytes < {BatchBytes}
        ORDER BY sequence
        """;

    private JournalChain? chain;
    private long id;

    /// <summary>The event that is next.</summary>
    public long Next => chain is null ? fromSequence : chain.LastSequence + 1;

    /// <summary>The next events, checked; none when the end is reached.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="head">The run's row, just read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalNotFoundException">The run was deleted meanwhile, and another one has its name.</exception>
    /// <exception cref="JournalDamagedException">The next event is missing, or not what was written.</exception>
    public async Task<List<JournalEntry>> ReadBatchAsync(NpgsqlConnection connection, RunRow head, CancellationToken cancellationToken)
    {
        if (chain is not null && head.Id != id)
        {
            throw new JournalNotFoundException(run, address.Text);
        }

        if (head.Sequence < Next)
        {
            return [];
        }

        id = head.Id;
        chain ??= new JournalChain(run, fromSequence - 1, fromSequence == 1 ? Seal.Genesis : await StoredSealAsync(connection, cancellationToken));
        var batch = new List<JournalEntry>();
        try
        {
            await ReadRowsAsync(connection, head, batch, cancellationToken);
        }
        catch (Exception exception) when (batch.Count > 0 && (exception is JournalDamagedException || PostgreSqlErrors.IsOurs(exception)))
        {
            // What stands before the damage or the cut is intact and is handed out first; the next batch starts there.
        }

        return batch.Count > 0 ? batch : throw Missing(head);
    }

    public void Dispose() => chain?.Dispose();

    private async Task ReadRowsAsync(NpgsqlConnection connection, RunRow head, List<JournalEntry> batch, CancellationToken cancellationToken)
    {
        await using var command = connection.Command(SelectEvents, id, Next);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var sequence = reader.GetInt64(0);
            if (sequence != Next)
            {
                throw Missing(head);
            }

            var epoch = reader.GetInt64(1);
            var kind = reader.GetInt32(2);
            var seal = RunRow.StoredSeal(reader.GetFieldValue<byte[]>(3), run, sequence);
            var payload = ReadPayload(reader, reader.GetInt32(4));
            if (sequence == head.Sequence && seal != head.Seal)
            {
                throw new JournalDamagedException(run, sequence, "the run's row has another seal for it");
            }

            batch.Add(chain!.Accept(sequence, epoch, kind, payload, seal));
        }
    }

    private Memory<byte> ReadPayload(NpgsqlDataReader reader, int bytes)
    {
        var payload = memory.Take(bytes);
        if (bytes > 0 && MemoryMarshal.TryGetArray<byte>(payload, out var segment))
        {
            reader.GetBytes(5, 0, segment.Array, segment.Offset, bytes);
        }

        return payload;
    }

    private async Task<Seal> StoredSealAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var stored = await connection.ScalarAsync<byte[]>(
            "SELECT seal FROM events WHERE run_id = $1 AND sequence = $2", [id, fromSequence - 1], cancellationToken);
        return stored is null
            ? throw new JournalDamagedException(run, fromSequence - 1, "it is missing")
            : RunRow.StoredSeal(stored, run, fromSequence - 1);
    }

    private JournalDamagedException Missing(RunRow head) =>
        new(run, Next, $"it is missing, and the journal has {head.Sequence} events");
}
