using System.Text;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.PostgreSql.Tests.Faults;

/// <summary>A connection cut right before or right after the commit of an append: nothing is lost, nothing is written twice.</summary>
public sealed class CutConnectionTests : IAsyncDisposable, IDisposable
{
    private static readonly byte[] Mark = Encoding.UTF8.GetBytes("the event that is cut at");

    private readonly TestDatabase database = new();
    private CuttingProxy? proxy;

    public async ValueTask DisposeAsync()
    {
        if (proxy is not null)
        {
            await proxy.DisposeAsync();
        }
    }

    public void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        database.Dispose();
    }

    [SkippableTheory]
    [InlineData(Cut.BeforeRequest, true)]
    [InlineData(Cut.BeforeRequest, false)]
    [InlineData(Cut.BeforeReply, true)]
    [InlineData(Cut.BeforeReply, false)]
    internal async Task The_append_happens_exactly_once(Cut cut, bool durable)
    {
        await using var journal = OpenThroughProxy(new PostgreSqlJournalOptions());
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(KnownEvents.Range(1, 3), durable);
        var storedAtCut = -1L;
        proxy!.CutAt(Mark, cut, async () => storedAtCut = await database.ScalarAsync<long>("SELECT sequence FROM runs"));

        await writer.AppendAsync([new JournalEvent(1, Mark), KnownEvents.At(5)], durable);
        await writer.AppendAsync(KnownEvents.Range(6, 6), durable);

        Assert.Equal((1, cut == Cut.BeforeReply ? 5L : 3L), (proxy.Cuts, storedAtCut));
        var entries = await database.ReadAsync();
        Assert.Equal([1L, 2, 3, 4, 5, 6], entries.Select(entry => entry.Sequence));
        Assert.Equal(Mark, entries[3].Payload.ToArray());
        Assert.All(entries.Where(entry => entry.Sequence != 4), entry => Assert.True(KnownEvents.Matches(entry)));
    }

    [SkippableTheory]
    [InlineData(Cut.BeforeRequest)]
    [InlineData(Cut.BeforeReply)]
    internal async Task A_run_that_was_taken_over_meanwhile_stays_with_its_new_owner(Cut cut)
    {
        await using var journal = OpenThroughProxy(new PostgreSqlJournalOptions());
        await using var standby = database.Open();
        await using var old = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await old.AppendAsync(KnownEvents.Range(1, 3), durable: true);
        IJournalWriter? taken = null;
        proxy!.CutAt(Mark, cut, async () =>
        {
            taken = await standby.AcquireAsync(TestDatabase.Run, TestDatabase.Owner with { Owner = "the standby", Takeover = true });
            await taken.AppendAsync(KnownEvents.Range((int)taken.LastSequence + 1, (int)taken.LastSequence + 1), durable: true);
        });

        var fenced = await Assert.ThrowsAsync<JournalFencedException>(() => old.AppendAsync([new JournalEvent(1, Mark)], durable: true));

        Assert.Contains("the standby", fenced.Message, StringComparison.Ordinal);
        Assert.Equal(cut == Cut.BeforeReply ? [1L, 1, 1, 1, 2] : [1L, 1, 1, 2], (await database.ReadAsync()).Select(entry => entry.Epoch));
        await taken!.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData(Cut.BeforeRequest)]
    [InlineData(Cut.BeforeReply)]
    internal async Task A_snapshot_is_stored_after_all(Cut cut)
    {
        await using var journal = OpenThroughProxy(new PostgreSqlJournalOptions());
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(KnownEvents.Range(1, 3), durable: true);
        proxy!.CutAt(Mark, cut);

        await writer.SaveSnapshotAsync(Mark);

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(Mark, (await journal.ReadSnapshotAsync(TestDatabase.Run))!.Payload.ToArray());
    }

    [SkippableFact]
    public async Task Without_a_server_to_come_back_to_the_writer_gives_up_and_says_how_far_the_journal_is()
    {
        await using var journal = OpenThroughProxy(new PostgreSqlJournalOptions { Patience = TimeSpan.FromMilliseconds(200) });
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(KnownEvents.Range(1, 3), durable: true);
        proxy!.CutAt(Mark, Cut.BeforeReply, async () => await proxy.DisposeAsync());

        var failure = await Assert.ThrowsAsync<JournalWriteException>(() => writer.AppendAsync([new JournalEvent(1, Mark)], durable: true));

        Assert.Equal(3, failure.LastSequence);
        Assert.Contains("was lost and did not come back", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Start the server, or repair the network, then `calibrate resume test`", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, (await database.ReadAsync()).Count);
        proxy = null;
    }

    private PostgreSqlJournal OpenThroughProxy(PostgreSqlJournalOptions options)
    {
        _ = database.Address;
        proxy = new CuttingProxy(TestDatabase.ServerUrl);
        return new PostgreSqlJournal(database.AddressAt(proxy.Port), TimeProvider.System, options);
    }
}
