using Calibrate.Runtime.Journals;

namespace Calibrate.Journal.Sqlite;

/// <summary>Walks along the rows of the table <c>events</c>, checking each against the one before.</summary>
internal sealed class EventCursor : IDisposable
{
    private readonly RunFiles files;
    private readonly SqliteStatement select;
    private readonly JournalChain chain;
    private readonly PayloadMemory memory;

    /// <summary>A cursor in front of an event of the journal; call inside a transaction.</summary>
    /// <exception cref="JournalDamagedException">The event before it, which it is chained to, is missing.</exception>
    public EventCursor(RunFiles files, SqliteDatabase database, long fromSequence, PayloadMemory? memory = null)
    {
        this.memory = memory ?? PayloadMemory.Own;
        this.files = files;
        chain = new JournalChain(files.Run, fromSequence - 1, fromSequence == 1 ? Seal.Genesis : StoredSealOf(database, fromSequence - 1));
        select = database.Prepare("SELECT sequence, epoch, kind, seal, payload FROM events WHERE sequence >= ?1 ORDER BY sequence");
    }

    /// <summary>The event that is next.</summary>
    public long Next => chain.LastSequence + 1;

    /// <summary>Goes on where it stopped, in a new transaction.</summary>
    public void Restart() => select.Bind(1, Next);

    /// <summary>Stops before the transaction ends.</summary>
    public void Stop() => select.Reset();

    /// <summary>Reads the next event, which must be there because the head says so.</summary>
    /// <exception cref="JournalDamagedException">It is not, or it is not what was written.</exception>
    public JournalEntry Read(JournalHead head)
    {
        if (!select.Step())
        {
            throw new JournalDamagedException(files.Run, Next, $"it is missing, and the journal has {head.Sequence} events");
        }

        var sequence = select.Int64(0);
        var seal = JournalHead.StoredSeal(select.Blob(3), files.Run, sequence);
        return sequence != head.Sequence || seal == head.Seal
            ? chain.Accept(sequence, select.Int64(1), Kind(sequence), memory.Copy(select.Blob(4)), seal)
            : throw new JournalDamagedException(files.Run, sequence, "the journal's head has another seal for it");
    }

    public void Dispose()
    {
        select.Dispose();
        chain.Dispose();
    }

    private int Kind(long sequence)
    {
        var kind = select.Int64(2);
        return kind == (int)kind ? (int)kind : throw new JournalDamagedException(files.Run, sequence, $"it has the impossible kind {kind}");
    }

    private Seal StoredSealOf(SqliteDatabase database, long sequence)
    {
        using var selectSeal = database.Prepare("SELECT seal FROM events WHERE sequence = ?1");
        return selectSeal.Bind(1, sequence).Step()
            ? JournalHead.StoredSeal(selectSeal.Blob(0), files.Run, sequence)
            : throw new JournalDamagedException(files.Run, sequence, "it is missing");
    }
}
