using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Calibrate.Journal.Sqlite;

/// <summary>One connection to a journal's database, with what every connection must be set to.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary><c>SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE</c>: closing must not move the log into the database.</summary>
    private const int NoCheckpointOnClose = 1006;

    private readonly SqliteConnection connection;

    private SqliteDatabase(SqliteConnection connection) => this.connection = connection;

    /// <summary>SQLite's own handle.</summary>
    public sqlite3 Handle => connection.Handle ?? throw new ObjectDisposedException(nameof(SqliteDatabase));

    /// <summary>Opens an existing database to read it. Takes no lock that a writer would notice between transactions.</summary>
    public static SqliteDatabase OpenReadOnly(string path, TimeSpan patience) => Open(path, SqliteOpenMode.ReadOnly, patience);

    /// <summary>Opens an existing database to write it.</summary>
    public static SqliteDatabase OpenReadWrite(string path, SqliteJournalOptions options)
    {
        var database = Open(path, SqliteOpenMode.ReadWrite, options.LockPatience);
        try
        {
            database.Execute("PRAGMA wal_autocheckpoint = 0");
            if (options.MaximumPages > 0)
            {
                database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {options.MaximumPages}"));
            }

            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Creates a database.</summary>
    public static SqliteDatabase Create(string path, TimeSpan patience) => Open(path, SqliteOpenMode.ReadWriteCreate, patience);

    public SqliteStatement Prepare(string sql) => new(Handle, sql);

    /// <summary>Runs one statement, whatever it returns.</summary>
    public void Execute(string sql)
    {
        using var statement = Prepare(sql);
        statement.Run();
    }

    /// <summary>The first column of the first row.</summary>
    public long QueryInt64(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    /// <summary>
    /// Moves the log into the database and empties it, waiting at most <paramref name="patience"/> for readers; false when
    /// one of them still needs the log.
    /// </summary>
    /// <remarks>
    /// Emptied, not only restarted: SQLite would take the frames of a restarted log for current if the machine stopped
    /// before the first new one, which is harmless only as long as every one of them is still there.
    /// </remarks>
    public bool TryCheckpoint(TimeSpan patience, TimeSpan usualPatience)
    {
        SetPatience(patience);
        var result = raw.sqlite3_wal_checkpoint_v2(Handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        SetPatience(usualPatience);
        if ((result & 0xFF) == raw.SQLITE_BUSY)
        {
            return false;
        }

        SqliteException.ThrowExceptionForRC(result, Handle);
        return true;
    }

    /// <summary>Lets the last connection clear the log's files away when it closes.</summary>
    public void TidyOnClose() => raw.sqlite3_db_config(Handle, NoCheckpointOnClose, 0, out _);

    public void Dispose() => connection.Dispose();

    private static SqliteDatabase Open(string path, SqliteOpenMode mode, TimeSpan patience)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), Mode = mode, Pooling = false };
        var database = new SqliteDatabase(new SqliteConnection(settings.ToString()));
        try
        {
            database.connection.Open();
            database.SetPatience(patience);

            // A refused or failed open must leave the log as it found it, whoever closes last.
            raw.sqlite3_db_config(database.Handle, NoCheckpointOnClose, 1, out _);
            database.Execute("PRAGMA trusted_schema = OFF");
            database.Execute("PRAGMA cell_size_check = ON");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private void SetPatience(TimeSpan patience) => raw.sqlite3_busy_timeout(Handle, (int)patience.TotalMilliseconds);
}
