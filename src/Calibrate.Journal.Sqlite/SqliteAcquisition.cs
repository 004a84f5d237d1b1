using Calibrate.Runtime.Journals;
using Microsoft.Data.Sqlite;

namespace Calibrate.Journal.Sqlite;

/// <summary>
/// How a run comes to belong to one process: lock, check of the end, new epoch. All of it happens inside one write
/// transaction of the database, so two processes cannot be at it at the same time.
/// </summary>
internal sealed class SqliteAcquisition(RunFiles files, SqliteJournalOptions options)
{
    private const string Starting = "another process that is just starting";

    private SqliteDatabase? database;
    private OwnerLock? ownerLock;
    private HighWaterMarkFile? mark;

    /// <summary>Acquires the run. Whatever fails, nothing stays open and nothing is changed.</summary>
    public SqliteJournalWriter Run(string owner, bool createIfMissing, bool takeover)
    {
        try
        {
            if (!files.Exist)
            {
                Create(createIfMissing);
            }

            database = SqliteDatabase.OpenReadWrite(files.Database, options);
            SqliteSchema.Check(database, files);
            var seen = HighWaterMark.Read(files.Mark);
            database.Execute("PRAGMA synchronous = FULL");
            database.Execute("BEGIN IMMEDIATE");
            TakeLock(takeover);
            var head = CheckEnd(seen);
            var next = head with { Epoch = head.Epoch + 1 };
            using (var move = database.Prepare("UPDATE head SET epoch = ?1 WHERE id = 1"))
            using (var note = database.Prepare("INSERT INTO epochs VALUES (?1, ?2)"))
            {
                move.Bind(1, next.Epoch).Run();
                note.Bind(1, next.Epoch).Bind(2, owner).Run();
            }

            database.Execute("COMMIT");
            mark = HighWaterMarkFile.Open(files.Mark, new Acknowledged(next.Sequence, files.WriteAheadLogBytes), seen?.DatabaseBytes ?? 0);
            return new SqliteJournalWriter(options, files, database, ownerLock!, mark, next);
        }
        catch (Exception exception)
        {
            mark?.Dispose();
            database?.Dispose();
            ownerLock?.Dispose();
            throw exception switch
            {
                SqliteException sqlite => SqliteErrors.WhileReading(sqlite, files.Run),
                IOException or UnauthorizedAccessException => new JournalUnavailableException(files.Run, exception.Message, exception),
                _ => exception,
            };
        }
    }

    /// <summary>Deletes a run's journal, damaged or not, unless its owner lives.</summary>
    public static void Delete(RunFiles files, SqliteJournalOptions options)
    {
        if (!files.Exist)
        {
            throw new JournalNotFoundException(files.Run, Path.GetDirectoryName(files.Directory)!);
        }

        try
        {
            using (OwnerLock.TryTake(files.Lock) ?? throw new JournalLockedException(files.Run, OwnerOf(files, options)))
            {
                // The database first: without it the run is gone, whatever becomes of the rest.
                foreach (var path in new[] { files.Database, files.WriteAheadLog, files.SharedMemory, files.Mark, files.NewDatabase, files.Lock })
                {
                    File.Delete(path);
                }
            }

            if (!Directory.EnumerateFileSystemEntries(files.Directory).Any())
            {
                Directory.Delete(files.Directory);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException(files.Run, exception.Message, exception);
        }
    }

    private void Create(bool createIfMissing)
    {
        if (!createIfMissing)
        {
            throw new JournalNotFoundException(files.Run, Path.GetDirectoryName(files.Directory)!);
        }

        Directory.CreateDirectory(files.Directory);
        ownerLock = OwnerLock.TryTake(files.Lock) ?? throw new JournalLockedException(files.Run, Starting);
        if (!files.Exist)
        {
            SqliteSchema.Create(files, options);
        }
    }

    private void TakeLock(bool takeover)
    {
        ownerLock ??= OwnerLock.TryTake(files.Lock);
        if (ownerLock is null && takeover)
        {
            ownerLock = OwnerLock.TakeOver(files.Lock);
        }

        if (ownerLock is null)
        {
            throw new JournalLockedException(files.Run, NewestOwner(database!));
        }
    }

    /// <summary>Reads the head and checks the last event, which everything that follows is chained to.</summary>
    private JournalHead CheckEnd(HighWaterMark? seen)
    {
        using var selectHead = JournalHead.Prepare(database!);
        var head = JournalHead.Read(selectHead, files, seen);
        if (head.Sequence > 0)
        {
            using var cursor = new EventCursor(files, database!, head.Sequence, PayloadMemory.Own);
            cursor.Restart();
            cursor.Read(head);
        }

        return head;
    }

    private static string NewestOwner(SqliteDatabase database)
    {
        using var select = database.Prepare("SELECT owner FROM epochs ORDER BY epoch DESC LIMIT 1");
        return select.Step() ? select.Text(0) : Starting;
    }

    private static string OwnerOf(RunFiles files, SqliteJournalOptions options)
    {
        try
        {
            using var reading = SqliteDatabase.OpenReadOnly(files.Database, options.LockPatience);
            return NewestOwner(reading);
        }
        catch (SqliteException)
        {
            return "another process";
        }
    }
}
