using System.Net.Sockets;
using Calibrate.Runtime.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql;

/// <summary>Turns PostgreSQL's errors into the journal's, by what they mean for the user. No message carries a connection string.</summary>
internal static class PostgreSqlErrors
{
    private const string IdleInTransactionTimeout = "25P03";

    /// <summary>
    /// Whether trying again on another connection may help: the connection broke, timed out, or the server is stopping, starting, full, or
    /// a standby that is about to become the primary.
    /// </summary>
    public static bool IsLostConnection(Exception exception) => exception switch
    {
        PostgresException answer => answer.SqlState switch
        {
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => true,
            PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ReadOnlySqlTransaction => true,
            IdleInTransactionTimeout or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled => true,
            PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected => true,
            _ => answer.SqlState.StartsWith("08", StringComparison.Ordinal),
        },
        NpgsqlException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>Whether the tables are not there.</summary>
    public static bool IsMissingTable(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName };

    /// <summary>Whether the provider knows how to word this exception.</summary>
    public static bool IsOurs(Exception exception) =>
        exception is NpgsqlException or SocketException or IOException or TimeoutException;

    /// <summary>An error while connecting or while nothing of one run's content was being read.</summary>
    public static JournalException WhileConnecting(Exception exception, PostgreSqlAddress address)
    {
        var server = $"{address.Connection.Host}:{address.Connection.Port}";
        return exception switch
        {
            _ when IsRefusedUser(exception) => new JournalUnavailableException(
                $"The database server {server} refuses {User(address)}: {Reason(exception)}. Check user and password: the password comes from the "
                + "address, CALIBRATE_JOURNAL_PASSWORD_FILE, PGPASSWORD or a .pgpass file.",
                exception),
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => new JournalUnavailableException(
                $"The database server {server} has no database '{address.Connection.Database}'. Create it with `createdb {address.Connection.Database}`, or correct the address.",
                exception),
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => new JournalUnavailableException(
                $"{User(address, first: true)} may not use the schema '{address.Schema}' of {address}: {Reason(exception)}. Grant the rights, or let the owner of the database start the first run.",
                exception),
            _ when IsMissingTable(exception) => new JournalFormatException(
                $"The schema '{address.Schema}' of {address} lacks tables of Calibrate ({Reason(exception)}). Restore it from a copy, or name another with ?schema=NAME."),
            PostgresException answer => new JournalUnavailableException($"The database {address} answers: {Reason(answer)}.", exception),
            _ when exception.InnerException is System.Security.Authentication.AuthenticationException => new JournalUnavailableException(
                $"The certificate of the database server {server} was not accepted: it is from an issuer that this machine does not trust, or for another "
                + "name. Name the issuer's certificate with ?sslrootcert=FILE.",
                exception),
            FileNotFoundException or DirectoryNotFoundException => new JournalUnavailableException(
                $"A certificate or key that the journal's address names is missing: {Reason(exception)}.", exception),
            _ => new JournalUnavailableException(
                $"The database server {server} cannot be reached: {Reason(exception)}. Check host and port, and that the server runs and accepts connections from here.",
                exception),
        };
    }

    /// <summary>An error while one run is read or acquired.</summary>
    /// <param name="exception">PostgreSQL's.</param>
    /// <param name="address">Where.</param>
    /// <param name="run">The run.</param>
    /// <param name="sequence">The event that was being read, if one was.</param>
    public static JournalException WhileReading(Exception exception, PostgreSqlAddress address, RunId run, long? sequence = null) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } damaged =>
            new JournalDamagedException(run, sequence, $"PostgreSQL says '{damaged.MessageText}'", exception),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
            new JournalUnavailableException(run, "another session has kept its row locked for too long", exception),
        _ => WhileConnecting(exception, address),
    };

    /// <summary>An error while writing, after which the writer is of no further use.</summary>
    public static JournalException WhileWriting(Exception exception, PostgreSqlAddress address, RunId run, long lastSequence)
    {
        var server = $"{address.Connection.Host}:{address.Connection.Port}";
        var (reason, advice) = exception switch
        {
            PostgresException { SqlState: PostgresErrorCodes.DiskFull } => ($"the disk of the database server {server} is full", "Free some space there"),
            PostgresException { SqlState: PostgresErrorCodes.OutOfMemory } => ($"the database server {server} is out of memory", "Give it more"),
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } => ($"{User(address)} may not write it", "Grant the rights"),
            _ when IsMissingTable(exception) => ($"tables are missing in the schema '{address.Schema}'", "Restore them from a copy"),
            PostgresException answer => ($"PostgreSQL says '{Reason(answer)}'", "Remove the cause"),
            _ => ($"the connection to the database server {server} was lost and did not come back ({Reason(exception)})", "Start the server, or repair the network"),
        };
        return new JournalWriteException(run, lastSequence, reason, advice, exception);
    }

    // Npgsql notices by itself that it has no password to answer the server's question with, and has no code for it.
    private static bool IsRefusedUser(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification }
        || (exception is not PostgresException && exception.Message.Contains("No password has been provided", StringComparison.Ordinal));

    private static string User(PostgreSqlAddress address, bool first = false) =>
        $"{(first ? "User" : "user")} '{address.Connection.Username ?? Environment.UserName}'";

    private static string Reason(Exception exception)
    {
        var innermost = exception is PostgresException or { InnerException: null } ? exception : exception.InnerException!;
        var text = innermost is PostgresException answer ? answer.MessageText : innermost.Message;
        return text.ReplaceLineEndings(" ").TrimEnd('.', ' ');
    }
}
