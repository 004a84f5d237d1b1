using Npgsql;
using NpgsqlTypes;

namespace Calibrate.Journal.PostgreSql;

/// <summary>
/// Appends events in one round trip: one statement moves the run's row, which only the owner of the run can, and inserts the events if and only
/// if the row has moved (docs/decisions/0010 has what COPY would have cost).
/// </summary>
internal static class EventInsertion
{
    // A parameter is one message for the server, which takes at most 1 GiB; larger appends become several statements of one transaction.
    private const long ChunkBytes = 64 << 20;

    private const string Relax = "SELECT set_config('synchronous_commit', 'off', true)";

    private const string Insert =
        """
        WITH moved AS (
          UPDATE runs SET sequence = $4, seal = $5, lease_until = greatest(lease_until, clock_timestamp() + $6)
          WHERE id = $1 AND epoch = $2 AND sequence = $3 RETURNING id, epoch
        )
        INSERT INTO events (run_id, sequence, epoch, kind, seal, payload)
        SELECT moved.id, $3 + place, moved.epoch, kind, new.seal, payload
        FROM moved, unnest($7, $8, $9) WITH ORDINALITY AS new(kind, seal, payload, place)
        """;

    /// <summary>Appends events behind a sequence; false when the run's row says that they do not belong there.</summary>
    /// <param name="connection">Outside of a transaction: the batch is one of its own.</param>
    /// <param name="owned">The run and the epoch that owns it.</param>
    /// <param name="after">The event they follow.</param>
    /// <param name="events">At least one.</param>
    /// <param name="durable">Whether to wait for the server's disk.</param>
    /// <param name="lease">How long the owner keeps the run from now on.</param>
    public static async Task<bool> AppendAsync(
        NpgsqlConnection connection, RunRow owned, long after, List<SealedEvent> events, bool durable, TimeSpan lease)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (!durable)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Relax));
        }

        List<NpgsqlBatchCommand> chunks = [];
        for (var start = 0; start < events.Count;)
        {
            var end = EndOfChunk(events, start);
            chunks.Add(Chunk(owned, after + start, events, start, end, lease));
            batch.BatchCommands.Add(chunks[^1]);
            start = end;
        }

        await batch.ExecuteNonQueryAsync();
        return chunks.Sum(chunk => (long)chunk.RecordsAffected) == events.Count;
    }

    private static int EndOfChunk(List<SealedEvent> events, int start)
    {
        var end = start;
        for (var bytes = 0L; end < events.Count && (end == start || bytes + events[end].Payload.Length <= ChunkBytes); end++)
        {
            bytes += events[end].Payload.Length;
        }

        return end;
    }

    private static NpgsqlBatchCommand Chunk(RunRow owned, long after, List<SealedEvent> events, int start, int end, TimeSpan lease)
    {
        var kinds = new int[end - start];
        var seals = new byte[end - start][];
        var payloads = new ReadOnlyMemory<byte>[end - start];
        for (var i = start; i < end; i++)
        {
            kinds[i - start] = events[i].Kind;
            seals[i - start] = events[i].Seal.ToArray();
            payloads[i - start] = events[i].Payload;
        }

        var command = new NpgsqlBatchCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = owned.Id });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = owned.Epoch });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = events[end - 1].Sequence });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = seals[^1] });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = kinds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = seals, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>[]> { TypedValue = payloads, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        return command;
    }
}
