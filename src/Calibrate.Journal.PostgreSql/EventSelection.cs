using System.Data;
using System.Runtime.InteropServices;
using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>Single rows of the table <c>events</c>: found by their kind, read by their place, each checked against the row before it.</summary>
internal static class EventSelection
{
    // The length of a large payload stands beside the pointer to it, so that none is fetched.
    private const string SelectPlaces =
        "SELECT sequence, octet_length(payload) FROM events WHERE run_id = $1 AND sequence >= $2 AND sequence <= $3 AND kind = $4 ORDER BY sequence";

    private const string SelectOne =
        """
        SELECT e.epoch, e.kind, e.seal, p.seal, octet_length(e.payload), e.payload
        FROM events e LEFT JOIN events p ON p.run_id = e.run_id AND p.sequence = e.sequence - 1
        WHERE e.run_id = $1 AND e.sequence = $2
        """;

    /// <summary>Where the events of a kind stand.</summary>
    public static async Task<IReadOnlyList<JournalPlace>> FindAsync(
        NpgsqlConnection connection, RunRow row, int kind, long fromSequence, CancellationToken cancellationToken)
    {
        List<JournalPlace> places = [];
        await using var command = connection.Command(SelectPlaces, row.Id, fromSequence, row.Sequence, kind);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            places.Add(new JournalPlace(reader.GetInt64(0), reader.GetInt32(1)));
        }

        return places;
    }

    /// <summary>One event; null when it stands behind the last one.</summary>
    /// <exception cref="JournalDamagedException">The event, or the one before it, is missing or not what was written.</exception>
    public static async Task<JournalEntry?> ReadOneAsync(
        NpgsqlConnection connection, RunId run, RunRow row, long sequence, PayloadMemory memory, CancellationToken cancellationToken)
    {
        if (sequence > row.Sequence)
        {
            return null;
        }

        await using var command = connection.Command(SelectOne, row.Id, sequence);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw new JournalDamagedException(run, sequence, $"it is missing, and the journal has {row.Sequence} events");
        }

        var (epoch, kind) = (reader.GetInt64(0), reader.GetInt32(1));
        var seal = RunRow.StoredSeal(reader.GetFieldValue<byte[]>(2), run, sequence);
        var before = sequence == 1 ? Seal.Genesis
            : await reader.IsDBNullAsync(3, cancellationToken) ? throw new JournalDamagedException(run, sequence - 1, "it is missing")
            : RunRow.StoredSeal(reader.GetFieldValue<byte[]>(3), run, sequence - 1);
        var payload = memory.Take(reader.GetInt32(4));
        if (payload.Length > 0 && MemoryMarshal.TryGetArray<byte>(payload, out var segment))
        {
            reader.GetBytes(5, 0, segment.Array, segment.Offset, payload.Length);
        }

        using var chain = new JournalChain(run, sequence - 1, before);
        return chain.Accept(sequence, epoch, kind, payload, seal);
    }
}
