using Calibrate.Journal.Sqlite.Tests.Faults;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class EventCursorTests : IDisposable
{
    private const int Events = 10;
    private readonly TemporaryRuns runs = new();

    public void Dispose() => runs.Dispose();

    [Fact]
    public async Task It_starts_anywhere_and_goes_on_after_a_stop()
    {
        using var database = await OpenAsync();
        var head = Head(database);
        using var cursor = new EventCursor(runs.Files, database, 4, PayloadMemory.Own);
        cursor.Restart();
        Assert.Equal(4, cursor.Read(head).Sequence);
        Assert.Equal(5, cursor.Read(head).Sequence);
        cursor.Stop();
        cursor.Restart();
        Assert.Equal(6, cursor.Next);
        Assert.True(KnownEvents.Matches(cursor.Read(head), KnownEvents.SmallAt(6)));
    }

    [Fact]
    public async Task A_missing_predecessor_or_a_gap_is_named()
    {
        using var database = await OpenAsync("DELETE FROM events WHERE sequence IN (3, 7)");
        var head = Head(database);
        Assert.Equal(3, Assert.Throws<JournalDamagedException>(() => new EventCursor(runs.Files, database, 4, PayloadMemory.Own)).Sequence);

        using var cursor = new EventCursor(runs.Files, database, 6, PayloadMemory.Own);
        cursor.Restart();
        cursor.Read(head);
        var damaged = Assert.Throws<JournalDamagedException>(() => cursor.Read(head));
        Assert.Equal((7L, "it is missing, event 8 stands in its place"), (damaged.Sequence!.Value, damaged.Reason));
        Assert.Equal(7, cursor.Next);
    }

    private async Task<SqliteDatabase> OpenAsync(string? tampering = null)
    {
        (await JournalFiles.ClosedAsync(Events, KnownEvents.SmallAt)).PutInto(runs.Files);
        if (tampering is not null)
        {
            JournalFiles.Tamper(runs.Files, tampering);
        }

        return SqliteDatabase.OpenReadOnly(runs.Files.Database, TimeSpan.Zero);
    }

    private JournalHead Head(SqliteDatabase database)
    {
        using var select = JournalHead.Prepare(database);
        return JournalHead.Read(select, runs.Files, mark: null);
    }
}
