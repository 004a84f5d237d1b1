using System.Text;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.PostgreSql.Tests.Faults;

/// <summary>Tests that crash the server run alone: the others are not about that.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ServerCrashes
{
    public const string Name = "crashes of the server";
}

[Collection(ServerCrashes.Name)]
public sealed class ServerCrashTests : IDisposable
{
    private readonly TestDatabase database = new();

    public void Dispose() => database.Dispose();

    [SkippableFact]
    public async Task Appends_and_a_reader_go_on_over_a_crash_of_the_server()
    {
        LocalServer.SkipUnlessOurs();
        await using var journal = database.Open();
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(KnownEvents.Range(1, 1), durable: true);
        var crash = LocalServer.CrashAsync();
        while (!crash.IsCompleted || writer.LastSequence < 50)
        {
            var next = (int)writer.LastSequence + 1;
            await writer.AppendAsync(KnownEvents.Range(next, next + (next % 3)), durable: next % 7 == 0);
            if (next % 100 == 0)
            {
                await writer.SaveSnapshotAsync(new byte[] { 1 });
                Assert.NotNull(await journal.ReadSnapshotAsync(TestDatabase.Run));
            }
        }

        await crash;
        var entries = await database.ReadAsync();
        Assert.Equal(writer.LastSequence, entries.Count);
        Assert.All(entries, entry => Assert.True(KnownEvents.Matches(entry)));
        Assert.All(entries, entry => Assert.Equal(1, entry.Epoch));
    }

    [SkippableFact]
    public async Task A_server_killed_between_commit_and_reply_has_the_append_once()
    {
        LocalServer.SkipUnlessOurs();
        var mark = Encoding.UTF8.GetBytes("committed, never acknowledged");
        _ = database.Address;
        await using var proxy = new CuttingProxy(TestDatabase.ServerUrl);
        await using var journal = new PostgreSqlJournal(database.AddressAt(proxy.Port), TimeProvider.System);
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(KnownEvents.Range(1, 3), durable: true);
        proxy.CutAt(mark, Cut.BeforeReply, LocalServer.CrashAsync);

        await writer.AppendAsync([new JournalEvent(1, mark)], durable: true);
        await writer.AppendAsync(KnownEvents.Range(5, 5), durable: true);

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal([1L, 2, 3, 4, 5], (await database.ReadAsync()).Select(entry => entry.Sequence));
    }
}
