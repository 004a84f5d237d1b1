using Calibrate.Runtime.Journals;
using Microsoft.Data.Sqlite;

namespace Calibrate.Journal.Sqlite;

/// <summary>
/// Reads one run's events in batches, each in a transaction of its own: what was read never changes, so nothing is gained
/// by a long one, and a long one would keep the log from being emptied.
/// </summary>
internal sealed class SqliteJournalReader : IDisposable
{
    private const int BatchEvents = 512;
    private const long BatchBytes = 4 << 20;

    private readonly RunFiles files;
    private readonly SqliteDatabase database;
    private readonly SqliteStatement selectHead;
    private EventCursor? cursor;

    private SqliteJournalReader(RunFiles files, SqliteDatabase database)
    {
        this.files = files;
        this.database = database;
        selectHead = JournalHead.Prepare(database);
    }

    /// <summary>Whose memory payloads are read into.</summary>
    public PayloadMemory Memory { get; set; } = PayloadMemory.Own;

    /// <summary>Opens a run's journal for reading.</summary>
    /// <exception cref="JournalNotFoundException">No such run.</exception>
    /// <exception cref="JournalException">It cannot be read.</exception>
    public static SqliteJournalReader Open(RunFiles files, SqliteJournalOptions options)
    {
        if (!files.Exist)
        {
            throw new JournalNotFoundException(files.Run, Path.GetDirectoryName(files.Directory)!);
        }

        SqliteDatabase? opened = null;
        try
        {
            opened = SqliteDatabase.OpenReadOnly(files.Database, options.LockPatience);
            SqliteSchema.Check(opened, files);
            return new SqliteJournalReader(files, opened);
        }
        catch (Exception exception)
        {
            opened?.Dispose();
            throw exception is SqliteException sqlite ? SqliteErrors.WhileReading(sqlite, files.Run) : exception;
        }
    }

    /// <summary>The next events, checked; none when the end is reached.</summary>
    /// <param name="fromSequence">Where to start; every later call goes on where the one before stopped.</param>
    public List<JournalEntry> ReadBatch(long fromSequence)
    {
        // Read before the transaction begins: what was acknowledged by now, the transaction must see.
        var mark = HighWaterMark.Read(files.Mark);
        try
        {
            database.Execute("BEGIN");
            try
            {
                var head = JournalHead.Read(selectHead, files, mark);
                return head.Sequence < fromSequence ? [] : ReadBatch(head, cursor ??= new EventCursor(files, database, fromSequence, Memory));
            }
            finally
            {
                selectHead.Reset();
                cursor?.Stop();
                database.Execute("COMMIT");
            }
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.WhileReading(exception, files.Run, cursor?.Next);
        }
    }

    /// <summary>One event, checked; null when it stands behind the last one.</summary>
    public JournalEntry? ReadOne(long sequence)
    {
        var mark = HighWaterMark.Read(files.Mark);
        return Reading(sequence, () =>
        {
            var head = JournalHead.Read(selectHead, files, mark);
            if (head.Sequence < sequence)
            {
                return null;
            }

            using var one = new EventCursor(files, database, sequence, Memory);
            one.Restart();
            return one.Read(head);
        });
    }

    /// <summary>
    /// Where the events of a kind stand. SQLite tells the length of a payload from the header of its row, and reads none of the pages that hold it.
    /// </summary>
    public List<JournalPlace> Find(int kind, long fromSequence)
    {
        var mark = HighWaterMark.Read(files.Mark);
        return Reading(fromSequence, () =>
        {
            var head = JournalHead.Read(selectHead, files, mark);
            List<JournalPlace> places = [];
            using var select = database.Prepare(
                "SELECT sequence, length(payload) FROM events WHERE sequence >= ?1 AND sequence <= ?2 AND kind = ?3 ORDER BY sequence");
            select.Bind(1, fromSequence).Bind(2, head.Sequence).Bind(3, kind);
            while (select.Step())
            {
                places.Add(new JournalPlace(select.Int64(0), (int)select.Int64(1)));
            }

            return places;
        });
    }

    /// <summary>The newest intact snapshot, or null.</summary>
    public JournalSnapshot? ReadSnapshot()
    {
        JournalSnapshot? newest = null;
        VisitSnapshots((sequence, payload, intact) =>
        {
            newest = intact ? new JournalSnapshot(sequence, payload.ToArray()) : null;
            return !intact;
        });
        return newest;
    }

    /// <summary>The sequences of all snapshots, and whether they are intact.</summary>
    public List<(long Sequence, bool Intact)> CheckSnapshots()
    {
        var found = new List<(long, bool)>();
        VisitSnapshots((sequence, _, intact) =>
        {
            found.Add((sequence, intact));
            return true;
        });
        return found;
    }

    /// <summary>What SQLite itself finds wrong with the file's structure.</summary>
    public List<string> CheckStructure()
    {
        var problems = new List<string>();
        try
        {
            using var check = database.Prepare("PRAGMA integrity_check(10)");
            while (check.Step())
            {
                if (check.Text(0) is var finding and not "ok")
                {
                    problems.Add($"SQLite's integrity check: {finding.ReplaceLineEndings(" ")}");
                }
            }
        }
        catch (SqliteException exception)
        {
            problems.Add($"SQLite's integrity check: {exception.Message}");
        }

        return problems;
    }

    public void Dispose()
    {
        cursor?.Dispose();
        selectHead.Dispose();
        database.Dispose();
    }

    private static List<JournalEntry> ReadBatch(JournalHead head, EventCursor cursor)
    {
        var batch = new List<JournalEntry>();
        cursor.Restart();
        try
        {
            for (var bytes = 0L; cursor.Next <= head.Sequence && batch.Count < BatchEvents && bytes < BatchBytes; bytes += batch[^1].Payload.Length)
            {
                batch.Add(cursor.Read(head));
            }
        }
        catch (Exception exception) when (batch.Count > 0 && exception is (JournalDamagedException or SqliteException))
        {
            // What stands before the damage is intact and is handed out first; the next batch starts at the damage and throws.
        }

        return batch;
    }

    private T Reading<T>(long sequence, Func<T> read)
    {
        try
        {
            database.Execute("BEGIN");
            try
            {
                return read();
            }
            finally
            {
                selectHead.Reset();
                database.Execute("COMMIT");
            }
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.WhileReading(exception, files.Run, sequence);
        }
    }

    private delegate bool SnapshotVisitor(long sequence, ReadOnlySpan<byte> payload, bool intact);

    /// <summary>Visits the snapshots from the newest on, until the visitor has seen enough.</summary>
    private void VisitSnapshots(SnapshotVisitor visit)
    {
        using var verifier = new JournalChain(files.Run);
        try
        {
            using var select = database.Prepare(
                "SELECT s.sequence, s.seal, s.payload, e.seal FROM snapshots s LEFT JOIN events e USING (sequence) ORDER BY s.sequence DESC");
            var goesOn = true;
            while (goesOn && select.Step())
            {
                var sequence = select.Int64(0);
                var intact = select.Blob(1).Length == Seal.SizeInBytes
                    && select.Blob(3).Length == Seal.SizeInBytes
                    && verifier.IsIntactSnapshot(Seal.Read(select.Blob(3)), sequence, select.Blob(2), Seal.Read(select.Blob(1)));
                goesOn = visit(sequence, select.Blob(2), intact);
            }
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.WhileReading(exception, files.Run);
        }
    }
}
