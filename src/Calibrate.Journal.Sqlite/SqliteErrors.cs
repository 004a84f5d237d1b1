using Calibrate.Runtime.Journals;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Calibrate.Journal.Sqlite;

/// <summary>Turns SQLite's errors into the journal's, by what they mean for the user.</summary>
internal static class SqliteErrors
{
    /// <summary>An error while reading or opening.</summary>
    /// <param name="exception">SQLite's.</param>
    /// <param name="run">The run.</param>
    /// <param name="sequence">The event that was being read, if one was.</param>
    public static JournalException WhileReading(SqliteException exception, RunId run, long? sequence = null) =>
        PrimaryCode(exception) switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED =>
                new JournalUnavailableException(run, "another process has kept it busy for too long", exception),
            raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_READONLY or raw.SQLITE_AUTH =>
                new JournalUnavailableException(run, "this user may not open it or its directory", exception),
            raw.SQLITE_FULL => new JournalUnavailableException(run, "the disk is full", exception),
            raw.SQLITE_IOERR =>
                new JournalUnavailableException(run, $"the disk reports an I/O error ({exception.SqliteExtendedErrorCode})", exception),
            raw.SQLITE_NOMEM => new JournalUnavailableException(run, "not enough memory", exception),
            _ => new JournalDamagedException(run, sequence, $"SQLite says '{raw.sqlite3_errstr(PrimaryCode(exception)).utf8_to_string()}'", exception),
        };

    /// <summary>An error while writing, after which the writer is of no further use.</summary>
    public static JournalException WhileWriting(SqliteException exception, RunId run, long lastSequence)
    {
        var (reason, advice) = PrimaryCode(exception) switch
        {
            raw.SQLITE_FULL => ("the disk is full", "Free some space"),
            raw.SQLITE_IOERR => ($"the disk reports an I/O error ({exception.SqliteExtendedErrorCode})", "Check the disk and its free space"),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ("another process has kept it locked for too long", "End that process"),
            raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN => ("this user may not write it", "Correct the permissions"),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => ("the database file is damaged", "Check it with `calibrate runs verify`"),
            _ => ($"SQLite says '{exception.Message}'", "Remove the cause"),
        };
        return new JournalWriteException(run, lastSequence, reason, advice, exception);
    }

    /// <summary>The error's class: the low byte, whether or not the connection reports extended codes.</summary>
    public static int PrimaryCode(SqliteException exception) => exception.SqliteErrorCode & 0xFF;
}
