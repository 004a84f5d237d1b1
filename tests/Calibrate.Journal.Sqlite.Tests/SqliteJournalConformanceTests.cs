using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class SqliteJournalConformanceTests : JournalConformance, IDisposable
{
    private readonly TemporaryRuns runs = new();
    private bool losesAcknowledgement;
    private bool losesAppend;

    public void Dispose() => runs.Dispose();

    protected override IJournal Open() => new SqliteJournal(
        runs.Path,
        new SqliteJournalOptions
        {
            BeforeCommit = () => FailOnce(ref losesAppend),
            AfterCommit = () => FailOnce(ref losesAcknowledgement),
        });

    protected override bool TryLoseNextAcknowledgement() => losesAcknowledgement = true;

    protected override bool TryLoseNextAppend() => losesAppend = true;

    private static void FailOnce(ref bool due)
    {
        if (due)
        {
            due = false;
            throw new SqliteException("disk I/O error", raw.SQLITE_IOERR);
        }
    }
}
