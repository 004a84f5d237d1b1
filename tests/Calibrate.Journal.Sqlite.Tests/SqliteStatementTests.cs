using Microsoft.Data.Sqlite;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class SqliteStatementTests : IDisposable
{
    private readonly TemporaryRuns runs = new();
    private readonly SqliteDatabase database;

    public SqliteStatementTests()
    {
        database = SqliteDatabase.Create(Path.Combine(runs.Path, "any.db"), TimeSpan.Zero);
        database.Execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, name TEXT, data BLOB)");
    }

    public void Dispose()
    {
        database.Dispose();
        runs.Dispose();
    }

    [Fact]
    public void A_statement_is_used_again_and_again()
    {
        using var insert = database.Prepare("INSERT INTO rows VALUES (?1, ?2, ?3)");
        insert.Bind(1, 1).Bind(2, "été").Bind(3, [1, 2, 3]).Run();
        insert.Bind(1, long.MaxValue).Bind(2, "").Bind(3, []).Run();

        using var select = database.Prepare("SELECT id, name, data FROM rows ORDER BY id");
        for (var again = 0; again < 2; again++)
        {
            Assert.True(select.Step());
            Assert.Equal((1L, "été"), (select.Int64(0), select.Text(1)));
            Assert.Equal([1, 2, 3], select.Blob(2).ToArray());
            Assert.True(select.Step());
            Assert.Equal((long.MaxValue, ""), (select.Int64(0), select.Text(1)));
            Assert.Equal(0, select.Blob(2).Length);
            Assert.False(select.Step());
        }

        Assert.Equal(1, database.QueryInt64("SELECT count(*) FROM rows WHERE length(data) = 0"));
    }

    [Fact]
    public void A_failed_statement_says_why_and_can_be_used_again()
    {
        using var insert = database.Prepare("INSERT INTO rows (id) VALUES (?1)");
        insert.Bind(1, 1).Run();
        var failure = Assert.Throws<SqliteException>(() => insert.Bind(1, 1).Run());
        Assert.Contains("UNIQUE constraint failed: rows.id", failure.Message, StringComparison.Ordinal);
        insert.Bind(1, 2).Run();
        Assert.Equal(2, database.QueryInt64("SELECT count(*) FROM rows"));
    }

    [Fact]
    public void A_statement_that_makes_no_sense_is_refused_when_it_is_prepared() =>
        Assert.Throws<SqliteException>(() => database.Prepare("SELECT nothing FROM nowhere"));
}
