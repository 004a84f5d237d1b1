namespace Calibrate.Journal.Sqlite;

/// <summary>The statements of a writer, prepared once.</summary>
internal sealed class WriterStatements(SqliteDatabase database) : IDisposable
{
    private readonly SqliteStatement currentOwner =
        database.Prepare("SELECT head.epoch, coalesce(owner, 'another process') FROM head LEFT JOIN epochs USING (epoch) WHERE id = 1");

    private bool? isDurable;

    public SqliteStatement Begin { get; } = database.Prepare("BEGIN IMMEDIATE");

    public SqliteStatement Commit { get; } = database.Prepare("COMMIT");

    public SqliteStatement Rollback { get; } = database.Prepare("ROLLBACK");

    /// <summary>One row when the head was ours to move, none when another epoch or another event is there.</summary>
    public SqliteStatement MoveHead { get; } =
        database.Prepare("UPDATE head SET sequence = ?1, seal = ?2 WHERE id = 1 AND epoch = ?3 AND sequence = ?4 RETURNING 1");

    public SqliteStatement InsertEvent { get; } = database.Prepare("INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5)");

    public SqliteStatement InsertSnapshot { get; } = database.Prepare("INSERT OR REPLACE INTO snapshots VALUES (?1, ?2, ?3)");

    public SqliteStatement DeleteOldSnapshots { get; } =
        database.Prepare("DELETE FROM snapshots WHERE sequence NOT IN (SELECT sequence FROM snapshots ORDER BY sequence DESC LIMIT 2)");

    /// <summary>The newest epoch and who owns it.</summary>
    public (long Epoch, string Owner) CurrentOwner()
    {
        var found = currentOwner.Step() ? (currentOwner.Int64(0), currentOwner.Text(1)) : (0, "another process");
        currentOwner.Reset();
        return found;
    }

    /// <summary>Whether commits are synced to the disk from now on.</summary>
    public void SetDurable(bool durable)
    {
        if (isDurable != durable)
        {
            database.Execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            isDurable = durable;
        }
    }

    public void Dispose()
    {
        foreach (var statement in new[] { Begin, Commit, Rollback, MoveHead, InsertEvent, InsertSnapshot, DeleteOldSnapshots, currentOwner })
        {
            statement.Dispose();
        }
    }
}
