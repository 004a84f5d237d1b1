using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;

namespace Calibrate.Journal.PostgreSql.Tests;

public sealed class EventInsertionTests : IDisposable
{
    private readonly TestDatabase database = new();

    public void Dispose() => database.Dispose();

    [SkippableFact]
    public async Task An_append_of_several_statements_is_still_all_or_nothing()
    {
        var large = new JournalEvent(3, new byte[EventInsertion.LargeBytes]);
        JournalEvent[] events = [KnownEvents.At(1), large, large, .. KnownEvents.Range(4, 6), large, KnownEvents.At(8)];
        await using var journal = database.Open();
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(events, durable: false);

        Assert.Equal(events.Select(e => e.Payload.ToArray()), (await database.ReadAsync()).Select(entry => entry.Payload.ToArray()));

        await using var taken = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner with { Takeover = true });
        await Assert.ThrowsAsync<JournalFencedException>(() => writer.AppendAsync(events, durable: false));
        Assert.Equal(events.Length, await database.ScalarAsync<long>("SELECT count(*) FROM events"));
        Assert.Equal(events.Length, await database.ScalarAsync<long>("SELECT sequence FROM runs"));
    }

    [SkippableFact]
    public async Task Many_small_events_that_are_too_much_for_one_array_arrive_in_order()
    {
        JournalEvent[] events = [.. Enumerable.Range(0, 180).Select(i => new JournalEvent(i, new byte[EventInsertion.LargeBytes - 1]))];
        await using var journal = database.Open();
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(events, durable: false);

        Assert.Equal(events.Select(e => e.Kind), (await database.ReadAsync()).Select(entry => entry.Kind));
    }

    [SkippableFact]
    public async Task Nothing_is_inserted_behind_an_event_that_is_not_the_last()
    {
        await using var journal = database.Open();
        await using (var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner))
        {
            await writer.AppendAsync(KnownEvents.Range(1, 3), durable: true);
        }

        await using var connection = await database.ConnectAsync();
        var row = (await RunRow.FindAsync(connection, TestDatabase.Run))!;
        var late = new SealedEvent(3, 1, new byte[] { 1 }, Seal.Genesis);
        foreach (var (owned, after) in new[] { (row, 2L), (row with { Epoch = row.Epoch + 1 }, 3L), (row with { Id = row.Id + 1 }, 3L) })
        {
            Assert.False(await EventInsertion.AppendAsync(connection, owned, after, [late], durable: true, TimeSpan.Zero));
        }

        Assert.Equal(3, (await database.ReadAsync()).Count);
    }
}
