using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql.Tests;

public sealed class PostgreSqlJournalConformanceTests : JournalConformance, IDisposable
{
    private readonly TestDatabase database = new();
    private bool losesAcknowledgement;
    private bool losesWrite;

    public void Dispose() => database.Dispose();

    // Without patience: what the suite asks for is the failure, not its cure (Faults/ has that).
    protected override IJournal Open() => database.Open(new PostgreSqlJournalOptions
    {
        Patience = TimeSpan.Zero,
        BeforeWrite = () => FailOnce(ref losesWrite),
        AfterWrite = () => FailOnce(ref losesAcknowledgement),
    });

    protected override bool TryLoseNextAcknowledgement() => losesAcknowledgement = true;

    protected override bool TryLoseNextAppend() => losesWrite = true;

    private static void FailOnce(ref bool due)
    {
        if (due)
        {
            due = false;
            throw new NpgsqlException("the connection was cut");
        }
    }
}
