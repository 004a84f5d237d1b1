namespace Calibrate.Journal.PostgreSql.Tests;

public class SchemaMigrationTests
{
    [Fact]
    public void Versions_are_counted_without_gaps() =>
        Assert.Equal(Enumerable.Range(1, SchemaMigration.All.Count), SchemaMigration.All.Select(migration => migration.Version));
}
