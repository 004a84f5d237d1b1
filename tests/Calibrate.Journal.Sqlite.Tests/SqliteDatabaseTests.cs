namespace Calibrate.Journal.Sqlite.Tests;

public sealed class SqliteDatabaseTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    private readonly TemporaryRuns runs = new();

    public SqliteDatabaseTests()
    {
        Directory.CreateDirectory(runs.Files.Directory);
        SqliteSchema.Create(runs.Files, new SqliteJournalOptions());
    }

    public void Dispose() => runs.Dispose();

    [Fact]
    public void A_checkpoint_empties_the_log_unless_somebody_reads_it()
    {
        using var database = SqliteDatabase.OpenReadWrite(runs.Files.Database, new SqliteJournalOptions());
        using var reader = SqliteDatabase.OpenReadOnly(runs.Files.Database, Patience);
        database.Execute("INSERT INTO epochs VALUES (1, 'one')");
        reader.Execute("BEGIN");
        Assert.Equal(1, reader.QueryInt64("SELECT count(*) FROM epochs"));
        database.Execute("INSERT INTO epochs VALUES (2, 'two')");

        Assert.False(database.TryCheckpoint(Patience, Patience));
        Assert.True(runs.Files.WriteAheadLogBytes > 0);
        Assert.Equal(1, reader.QueryInt64("SELECT count(*) FROM epochs"));

        reader.Execute("COMMIT");
        Assert.True(database.TryCheckpoint(Patience, Patience));
        Assert.Equal(0, runs.Files.WriteAheadLogBytes);
        Assert.Equal(2, reader.QueryInt64("SELECT count(*) FROM epochs"));
    }

    [Fact]
    public void The_log_is_neither_moved_by_a_commit_nor_by_closing_unless_it_is_to_be_tidy()
    {
        var before = new FileInfo(runs.Files.Database).Length;
        using (var database = SqliteDatabase.OpenReadWrite(runs.Files.Database, new SqliteJournalOptions()))
        {
            database.Execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000) INSERT INTO epochs SELECT i, 'owner ' || i FROM n");
        }

        Assert.Equal(before, runs.Files.DatabaseBytes);
        Assert.True(runs.Files.WriteAheadLogBytes > 0);

        using (var database = SqliteDatabase.OpenReadWrite(runs.Files.Database, new SqliteJournalOptions()))
        {
            Assert.Equal(20000, database.QueryInt64("SELECT count(*) FROM epochs"));
            database.TidyOnClose();
        }

        Assert.True(runs.Files.DatabaseBytes > before);
        Assert.False(File.Exists(runs.Files.WriteAheadLog));
    }

    [Fact]
    public void A_reader_cannot_write()
    {
        using var reader = SqliteDatabase.OpenReadOnly(runs.Files.Database, Patience);
        Assert.Throws<Microsoft.Data.Sqlite.SqliteException>(() => reader.Execute("INSERT INTO epochs VALUES (1, 'one')"));
    }
}
