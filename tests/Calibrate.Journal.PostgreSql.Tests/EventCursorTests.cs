using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;
using Npgsql;

namespace Calibrate.Journal.PostgreSql.Tests;

public sealed class EventCursorTests : IDisposable
{
    private readonly TestDatabase database = new();

    public void Dispose() => database.Dispose();

    [SkippableFact]
    public async Task Batches_end_after_some_events_or_some_megabytes_and_leave_nothing_out()
    {
        const int large = 1 << 20;
        await WriteAsync([.. KnownEvents.Range(1, 10), .. Enumerable.Repeat(new JournalEvent(1, new byte[large]), 10), .. KnownEvents.Range(21, 30)]);
        await using var connection = await database.ConnectAsync();
        using var cursor = new EventCursor(database.Address, TestDatabase.Run, 1, PayloadMemory.Own);

        List<int> batches = [];
        while (await NextAsync(connection, cursor) is { Count: > 0 } batch)
        {
            batches.Add(batch.Count);
            Assert.InRange(batch.Sum(entry => entry.Payload.Length), 1, EventCursor.BatchBytes + large);
        }

        Assert.Equal(30, batches.Sum());
        Assert.InRange(batches.Count, 3, 4);
        Assert.Equal(31, cursor.Next);
    }

    [SkippableFact]
    public async Task What_stands_before_the_damage_is_handed_out_first()
    {
        await WriteAsync(KnownEvents.Range(1, 20));
        await database.ExecuteAsync("UPDATE events SET payload = set_byte(payload, 3, get_byte(payload, 3) # 128) WHERE sequence = 12");
        await using var connection = await database.ConnectAsync();
        using var cursor = new EventCursor(database.Address, TestDatabase.Run, 5, PayloadMemory.Own);

        Assert.Equal([5L, 6, 7, 8, 9, 10, 11], (await NextAsync(connection, cursor)).Select(entry => entry.Sequence));
        var damaged = await Assert.ThrowsAsync<JournalDamagedException>(() => NextAsync(connection, cursor));
        Assert.Equal(12, damaged.Sequence);
        Assert.Contains("CRC-32C", damaged.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("DELETE FROM events WHERE sequence = 3", 3)]
    [InlineData("DELETE FROM events WHERE sequence >= 5", 5)]
    [InlineData("DELETE FROM events", 1)]
    [InlineData("UPDATE runs SET sequence = 4", 5)]
    [InlineData("UPDATE runs SET seal = decode(repeat('00', 36), 'hex')", 6)]
    [InlineData("UPDATE runs SET seal = '\\x00'", 6)]
    [InlineData("UPDATE events SET seal = '\\x0102' WHERE sequence = 2", 2)]
    [InlineData("UPDATE events SET kind = kind + 1 WHERE sequence = 2", 2)]
    [InlineData("UPDATE events SET epoch = epoch + 1 WHERE sequence = 2", 2)]
    [InlineData("UPDATE events SET seal = set_byte(seal, 20, get_byte(seal, 20) # 4) WHERE sequence = 4", 4)]
    [InlineData("UPDATE events SET payload = '' WHERE sequence = 6", 6)]
    public async Task Whatever_was_changed_is_found_and_named(string change, long sequence)
    {
        await WriteAsync(KnownEvents.Range(1, 6));
        await database.ExecuteAsync(change);

        Assert.Equal(sequence, (await Assert.ThrowsAsync<JournalDamagedException>(database.ReadAsync)).Sequence);
        await using var journal = database.Open();
        var verification = await journal.VerifyAsync(TestDatabase.Run);
        Assert.False(verification.Intact);
    }

    private static async Task<List<JournalEntry>> NextAsync(NpgsqlConnection connection, EventCursor cursor) =>
        await cursor.ReadBatchAsync(connection, (await RunRow.CheckAsync(connection, TestDatabase.Run))!, CancellationToken.None);

    private async Task WriteAsync(JournalEvent[] events)
    {
        await using var journal = database.Open();
        await using var writer = await journal.AcquireAsync(TestDatabase.Run, TestDatabase.Owner);
        await writer.AppendAsync(events, durable: true);
    }
}
