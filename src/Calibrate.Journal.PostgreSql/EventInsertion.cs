using Npgsql;
using NpgsqlTypes;

namespace Calibrate.Journal.PostgreSql;

/// <summary>
/// Appends events in one round trip: one statement moves the run's row, which only the owner of the run can, and inserts the events if and only
/// if the row has moved. COPY would need four round trips (docs/decisions has the measurements).
/// </summary>
internal static class EventInsertion
{
    /// <summary>An event of this size travels as a parameter of its own: the server unpacks arrays with a second copy of what is in them.</summary>
    public const int LargeBytes = 64 << 10;

    // What one array may hold; larger appends become several statements of one transaction.
    private const long ArrayBytes = 8 << 20;

    private const string Relax = "SELECT set_config('synchronous_commit', 'off', true)";

    private const string Move =
        """
        WITH moved AS (
          UPDATE runs SET sequence = $4, seal = $5, lease_until = greatest(lease_until, clock_timestamp() + $6)
          WHERE id = $1 AND epoch = $2 AND sequence = $3 RETURNING id, epoch
        )
        INSERT INTO events (run_id, sequence, epoch, kind, seal, payload)
        """;

    private const string InsertOne = $"{Move} SELECT id, $4, epoch, $7, $5, $8 FROM moved";

    private const string InsertMany =
        $"{Move} SELECT id, $3 + place, epoch, kind, new.seal, payload FROM moved, unnest($7, $8, $9) WITH ORDINALITY AS new(kind, seal, payload, place)";

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
        var end = start + 1;
        for (long bytes = events[start].Payload.Length; end < events.Count; end++)
        {
            bytes += events[end].Payload.Length;
            if (events[start].Payload.Length >= LargeBytes || events[end].Payload.Length >= LargeBytes || bytes > ArrayBytes)
            {
                break;
            }
        }

        return end;
    }

    private static NpgsqlBatchCommand Chunk(RunRow owned, long after, List<SealedEvent> events, int start, int end, TimeSpan lease)
    {
        var last = events[end - 1];
        var command = new NpgsqlBatchCommand(end - start == 1 ? InsertOne : InsertMany);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = owned.Id });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = owned.Epoch });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last.Sequence });
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = last.Seal.ToArray() });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease });
        if (end - start == 1)
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = last.Kind });
            command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = last.Payload });
            return command;
        }

        var (kinds, seals, payloads) = (new int[end - start], new byte[end - start][], new ReadOnlyMemory<byte>[end - start]);
        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i] = events[start + i].Kind;
            seals[i] = events[start + i].Seal.ToArray();
            payloads[i] = events[start + i].Payload;
        }

        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = kinds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = seals, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>[]> { TypedValue = payloads, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        return command;
    }
}
