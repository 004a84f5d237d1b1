using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>
/// What tells at once that an owner has died: a session-level advisory lock for each epoch of a run, which PostgreSQL lets go of
/// when the owner's connection ends, and an operating system ends the connections of a killed process.
/// </summary>
internal static class OwnerSession
{
    private const string Key = "hashtextextended(format('calibrate owner %s %s %s', current_schema(), $1, $2), 0)";

    /// <summary>Takes the lock for as long as the connection lives; false while another session holds it.</summary>
    public static Task<bool> TryHoldAsync(NpgsqlConnection connection, long id, long epoch, CancellationToken cancellationToken = default) =>
        connection.ScalarAsync<bool>($"SELECT pg_try_advisory_lock({Key})", [id, epoch], cancellationToken);

    /// <summary>Whether no session holds the lock; call inside a transaction, which holds it from then on.</summary>
    public static Task<bool> HasEndedAsync(NpgsqlConnection connection, long id, long epoch, CancellationToken cancellationToken = default) =>
        connection.ScalarAsync<bool>($"SELECT pg_try_advisory_xact_lock({Key})", [id, epoch], cancellationToken);
}
