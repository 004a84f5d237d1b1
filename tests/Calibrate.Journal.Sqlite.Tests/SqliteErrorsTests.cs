using Calibrate.Runtime.Journals;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class SqliteErrorsTests
{
    [Theory]
    [InlineData(raw.SQLITE_CORRUPT, typeof(JournalDamagedException))]
    [InlineData(raw.SQLITE_NOTADB, typeof(JournalDamagedException))]
    [InlineData(raw.SQLITE_ERROR, typeof(JournalDamagedException))]
    [InlineData(raw.SQLITE_BUSY, typeof(JournalUnavailableException))]
    [InlineData(raw.SQLITE_CANTOPEN, typeof(JournalUnavailableException))]
    [InlineData(raw.SQLITE_READONLY, typeof(JournalUnavailableException))]
    [InlineData(raw.SQLITE_FULL, typeof(JournalUnavailableException))]
    [InlineData(raw.SQLITE_IOERR | (4 << 8), typeof(JournalUnavailableException))]
    [InlineData(raw.SQLITE_NOMEM, typeof(JournalUnavailableException))]
    public void While_reading_only_what_says_that_the_content_is_wrong_counts_as_damage(int code, Type expected) =>
        Assert.IsType(expected, SqliteErrors.WhileReading(new SqliteException("text", code), TemporaryRuns.Run, 3));

    [Theory]
    [InlineData(raw.SQLITE_FULL, "the disk is full")]
    [InlineData(raw.SQLITE_IOERR, "the disk reports an I/O error")]
    [InlineData(raw.SQLITE_BUSY, "another process has kept it locked for too long")]
    [InlineData(raw.SQLITE_READONLY, "this user may not write it")]
    [InlineData(raw.SQLITE_CORRUPT, "the database file is damaged")]
    [InlineData(raw.SQLITE_MISUSE, "SQLite says 'text'")]
    public void While_writing_the_cause_and_the_last_safe_event_are_named(int code, string reason)
    {
        var failure = Assert.IsType<JournalWriteException>(SqliteErrors.WhileWriting(new SqliteException("text", code), TemporaryRuns.Run, 17));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing is lost up to event 17.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(17, failure.LastSequence);
    }
}
