using Calibrate.Runtime.Journals;

namespace Calibrate.Journal.Sqlite;

/// <summary>The row of the table <c>head</c>: who may write, and which event is the last.</summary>
/// <param name="Epoch">The epoch that owns the run.</param>
/// <param name="Sequence">The last event; 0 for none.</param>
/// <param name="Seal">Its seal.</param>
internal readonly record struct JournalHead(long Epoch, long Sequence, Seal Seal)
{
    /// <summary>
    /// Reads the head and holds it against the events and the mark, in the transaction the caller has begun: events that
    /// a damaged page no longer shows, or shows too many of, do not go unnoticed.
    /// </summary>
    /// <exception cref="JournalDamagedException">They contradict each other.</exception>
    public static JournalHead Read(SqliteStatement select, RunFiles files, HighWaterMark? mark)
    {
        if (!select.Step())
        {
            throw new JournalDamagedException(files.Run, null, "it has no head");
        }

        var head = new JournalHead(select.Int64(0), select.Int64(1), StoredSeal(select.Blob(2), files.Run, select.Int64(1)));
        var last = select.Int64(3);
        select.Reset();
        if (last != head.Sequence)
        {
            throw new JournalDamagedException(
                files.Run,
                Math.Max(0, Math.Min(last, head.Sequence)) + 1,
                last < head.Sequence ? $"it is missing, and the journal has {head.Sequence} events" : $"it stands behind the last event, {head.Sequence}");
        }

        return mark?.Problem(head.Sequence, files.WriteAheadLogBytes, files.DatabaseBytes) is { } problem
            ? throw new JournalDamagedException(files.Run, head.Sequence + 1, problem)
            : head;
    }

    /// <summary>The statement that <see cref="Read"/> takes.</summary>
    public static SqliteStatement Prepare(SqliteDatabase database) =>
        database.Prepare("SELECT epoch, head.sequence, seal, (SELECT coalesce(max(sequence), 0) FROM events) FROM head WHERE id = 1");

    /// <summary>A seal as it stands in a row.</summary>
    /// <exception cref="JournalDamagedException">It has the wrong length.</exception>
    public static Seal StoredSeal(ReadOnlySpan<byte> stored, RunId run, long sequence) => stored.Length == Seal.SizeInBytes
        ? Seal.Read(stored)
        : throw new JournalDamagedException(run, sequence, $"its seal has {stored.Length} bytes instead of {Seal.SizeInBytes}");
}
