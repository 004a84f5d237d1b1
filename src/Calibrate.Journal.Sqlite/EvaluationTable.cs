using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Calibrate.Journal.Sqlite;

/// <summary>One connection to a cache of evaluations: keys, bytes, and when each was used last. Errors are SQLite's own.</summary>
internal sealed class EvaluationTable : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Room is made for a while at once: a tenth of what there is.
    private const int EvictedShare = 10;

    private const int MostAttempts = 100;

    private readonly SqliteDatabase database;
    private readonly SqliteStatement find;
    private readonly SqliteStatement insert;
    private readonly SqliteStatement touch;
    private readonly SqliteStatement evict;
    private readonly long limit;

    private EvaluationTable(SqliteDatabase database, long limit)
    {
        this.database = database;
        this.limit = limit;
        find = database.Prepare("SELECT value, used FROM evaluations WHERE key = ?1");
        insert = database.Prepare("INSERT OR REPLACE INTO evaluations (key, used, value) VALUES (?1, ?2, ?3)");
        touch = database.Prepare("UPDATE evaluations SET used = ?2 WHERE key = ?1");
        evict = database.Prepare("DELETE FROM evaluations WHERE rowid IN (SELECT rowid FROM evaluations ORDER BY used, rowid LIMIT ?1)");
    }

    /// <summary>Bytes of all pages in use.</summary>
    public long Bytes =>
        (database.QueryInt64("PRAGMA page_count") - database.QueryInt64("PRAGMA freelist_count")) * database.QueryInt64("PRAGMA page_size");

    /// <summary>Number of evaluations.</summary>
    public long Count => database.QueryInt64("SELECT count(*) FROM evaluations");

    /// <summary>Opens or creates the file.</summary>
    public static EvaluationTable Open(string path, long limit)
    {
        var opened = SqliteDatabase.Create(path, Patience);
        try
        {
            UseLog(opened);

            // A machine that stops may lose the last evaluations, which are then made again.
            opened.Execute("PRAGMA synchronous = NORMAL");
            opened.Execute("CREATE TABLE IF NOT EXISTS evaluations (key BLOB PRIMARY KEY, used INTEGER NOT NULL, value BLOB NOT NULL)");
            opened.Execute("CREATE INDEX IF NOT EXISTS evaluations_by_use ON evaluations (used)");
            opened.TidyOnClose();
            return new EvaluationTable(opened, limit);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Looks one evaluation up.</summary>
    public bool TryFind(ReadOnlySpan<byte> key, out byte[] value, out long used)
    {
        find.Bind(1, key);
        if (!find.Step())
        {
            (value, used) = ([], 0);
            return false;
        }

        (value, used) = (find.Blob(0).ToArray(), find.Int64(1));
        find.Reset();
        return true;
    }

    /// <summary>Writes evaluations, or only the time of their use, in one transaction, and makes room when there is too much.</summary>
    public void Write(IEnumerable<(ReadOnlyMemory<byte> Key, byte[]? Value)> rows, long now)
    {
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var (key, value) in rows)
            {
                if (value is null)
                {
                    touch.Bind(1, key.Span).Bind(2, now).Run();
                }
                else
                {
                    insert.Bind(1, key.Span).Bind(2, now).Bind(3, value).Run();
                }
            }

            MakeRoom();
            database.Execute("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        find.Dispose();
        insert.Dispose();
        touch.Dispose();
        evict.Dispose();
        database.Dispose();
    }

    // Rows differ in size, and one transaction may bring more than a tenth: until it fits.
    private void MakeRoom()
    {
        while (Bytes > limit && Count is var count and > 0)
        {
            evict.Bind(1, (count / EvictedShare) + 1).Run();
        }
    }

    // Two that make a new file at once both read it and then want it alone to change its mode: SQLite refuses one of them without waiting, because
    // neither would ever give way. To read it again does wait, until the other has made its change.
    private static void UseLog(SqliteDatabase opened)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                opened.Execute("PRAGMA journal_mode = WAL");
                return;
            }
            catch (SqliteException exception) when (attempt < MostAttempts && SqliteErrors.PrimaryCode(exception) == raw.SQLITE_BUSY)
            {
                opened.QueryInt64("PRAGMA schema_version");
            }
        }
    }

    private void RollBack()
    {
        try
        {
            database.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolls back by itself after most errors; what is told is the first one.
            return;
        }
    }
}
