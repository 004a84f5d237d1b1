using Calibrate.Testing.Journals;

namespace Calibrate.Journal.PostgreSql.Tests;

public sealed class SnapshotRowsTests : IDisposable
{
    private readonly TestDatabase database = new();

    public void Dispose() => database.Dispose();

    [SkippableFact]
    public async Task A_damaged_snapshot_costs_only_the_way_back_to_the_one_before()
    {
        await using var journal = database.Open();
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        for (var i = 1; i <= 3; i++)
        {
            await writer.AppendAsync(KnownEvents.Range(i, i), durable: true);
            await writer.SaveSnapshotAsync(new byte[] { (byte)i, 9 });
        }

        await database.ExecuteAsync("UPDATE snapshots SET payload = set_byte(payload, 1, 8) WHERE sequence = 3");

        Assert.Equal(2, (await journal.ReadSnapshotAsync(TestDatabase.Run))!.Sequence);
        var verification = await journal.VerifyAsync(TestDatabase.Run);
        Assert.Equal(1, verification.Snapshots);
        Assert.Contains("The snapshot after event 3 is damaged", Assert.Single(verification.Problems), StringComparison.Ordinal);

        await database.ExecuteAsync("UPDATE snapshots SET sequence = 1 WHERE sequence = 2");
        Assert.Null(await journal.ReadSnapshotAsync(TestDatabase.Run));
    }
}
