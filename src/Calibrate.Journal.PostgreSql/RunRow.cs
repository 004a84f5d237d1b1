using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>The row of a run: who may write, and which event is the last.</summary>
/// <param name="Id">What its events refer to; a run that was deleted and made again has another one.</param>
/// <param name="Epoch">The epoch that owns the run.</param>
/// <param name="Sequence">The last event; 0 for none.</param>
/// <param name="Seal">Its seal.</param>
/// <param name="Owner">Who acquired the epoch, in words.</param>
/// <param name="LeaseRuns">Whether the owner's lease runs, by the server's clock.</param>
internal sealed record RunRow(long Id, long Epoch, long Sequence, Seal Seal, string Owner, bool LeaseRuns)
{
    private const string Columns = "SELECT id, epoch, sequence, seal, owner, lease_until > clock_timestamp()";

    /// <summary>The row of a run, or null.</summary>
    public static Task<RunRow?> FindAsync(NpgsqlConnection connection, RunId run, CancellationToken cancellationToken = default) =>
        ReadAsync(connection.Command($"{Columns}, NULL::bigint FROM runs WHERE name = $1", run.Name), run, cancellationToken);

    /// <summary>The row of a run, locked until the transaction ends, or null.</summary>
    public static Task<RunRow?> LockAsync(NpgsqlConnection connection, RunId run, CancellationToken cancellationToken) =>
        ReadAsync(connection.Command($"{Columns}, NULL::bigint FROM runs WHERE name = $1 FOR UPDATE", run.Name), run, cancellationToken);

    /// <summary>The row of a run, held against its events: rows that are no longer there, or that should not be, do not go unnoticed.</summary>
    /// <exception cref="JournalDamagedException">They contradict each other.</exception>
    public static Task<RunRow?> CheckAsync(NpgsqlConnection connection, RunId run, CancellationToken cancellationToken = default) =>
        ReadAsync(
            connection.Command($"{Columns}, (SELECT coalesce(max(events.sequence), 0) FROM events WHERE run_id = id) FROM runs WHERE name = $1", run.Name),
            run,
            cancellationToken);

    /// <summary>A seal as it stands in a row.</summary>
    /// <exception cref="JournalDamagedException">It has the wrong length.</exception>
    public static Seal StoredSeal(byte[] stored, RunId run, long sequence) => stored.Length == Seal.SizeInBytes
        ? Seal.Read(stored)
        : throw new JournalDamagedException(run, sequence, $"its seal has {stored.Length} bytes instead of {Seal.SizeInBytes}");

    private static async Task<RunRow?> ReadAsync(NpgsqlCommand command, RunId run, CancellationToken cancellationToken)
    {
        await using (command)
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                return null;
            }

            var sequence = reader.GetInt64(2);
            var seal = StoredSeal(reader.GetFieldValue<byte[]>(3), run, sequence);
            var row = new RunRow(reader.GetInt64(0), reader.GetInt64(1), sequence, seal, reader.GetString(4), reader.GetBoolean(5));
            if (!await reader.IsDBNullAsync(6, cancellationToken) && reader.GetInt64(6) is var last && last != sequence)
            {
                throw new JournalDamagedException(
                    run,
                    Math.Max(0, Math.Min(last, sequence)) + 1,
                    last < sequence ? $"it is missing, and the journal has {sequence} events" : $"it stands behind the last event, {sequence}");
            }

            return row;
        }
    }
}
