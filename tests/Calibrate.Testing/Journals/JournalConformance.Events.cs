using Calibrate.Runtime.Journals;
using Xunit;

namespace Calibrate.Testing.Journals;

/// <summary>Appending and reading events.</summary>
public abstract partial class JournalConformance
{
    [SkippableFact]
    public async Task Events_are_read_back_as_they_were_written_in_order_and_without_gaps()
    {
        await using var journal = Open();
        await using (var writer = await journal.AcquireAsync(Run, Owner("test")))
        {
            await writer.AppendAsync(Events(1, 1), durable: false);
            await writer.AppendAsync(Events(2, 40), durable: true);
            await writer.AppendAsync(Events(41, 100), durable: false);
            Assert.Equal(100, writer.LastSequence);
        }

        var entries = await ReadAllAsync(journal);
        var expected = Events(1, 100);
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), entries.Select(entry => entry.Sequence));
        Assert.All(entries, entry => Assert.Equal(1, entry.Epoch));
        Assert.Equal(expected.Select(e => e.Kind), entries.Select(entry => entry.Kind));
        Assert.All(entries.Zip(expected), pair => Assert.Equal(pair.Second.Payload.ToArray(), pair.First.Payload.ToArray()));
    }

    [SkippableFact]
    public async Task Seals_are_those_of_the_specification_whatever_the_provider()
    {
        await using var journal = Open();
        await WriteAsync(journal, Events(1, 5));

        using var seal = new JournalSeal();
        var previous = Seal.Genesis;
        foreach (var entry in await ReadAllAsync(journal))
        {
            previous = seal.OfEvent(previous, entry.Sequence, entry.Epoch, entry.Kind, entry.Payload.Span);
            Assert.Equal(previous, entry.Seal);
        }

        Assert.Equal(previous, (await journal.VerifyAsync(Run)).LastSeal);
    }

    [SkippableFact]
    public async Task Reading_starts_at_any_event_and_past_the_last_one_yields_nothing()
    {
        await using var journal = Open();
        await WriteAsync(journal, Events(1, 20));

        Assert.Equal(20, (await ReadAllAsync(journal)).Count);
        Assert.Equal([13L, 14, 15, 16, 17, 18, 19, 20], (await ReadAllAsync(journal, 13)).Select(entry => entry.Sequence));
        Assert.Equal([20L], (await ReadAllAsync(journal, 20)).Select(entry => entry.Sequence));
        Assert.Empty(await ReadAllAsync(journal, 21));
        Assert.Empty(await ReadAllAsync(journal, 1000));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ReadAllAsync(journal, 0));
    }

    [SkippableFact]
    public async Task An_empty_journal_has_no_events_no_snapshot_and_is_intact()
    {
        await using var journal = Open();
        await using (var writer = await journal.AcquireAsync(Run, Owner("test")))
        {
            Assert.Equal(0, writer.LastSequence);
            await writer.AppendAsync([], durable: true);
            Assert.Equal(0, writer.LastSequence);
            await Assert.ThrowsAsync<InvalidOperationException>(() => writer.SaveSnapshotAsync(new byte[1]));
        }

        Assert.Empty(await ReadAllAsync(journal));
        Assert.Null(await journal.ReadSnapshotAsync(Run));
        var verification = await journal.VerifyAsync(Run);
        Assert.True(verification.Intact);
        Assert.Equal((0L, 0L, 0), (verification.Events, verification.PayloadBytes, verification.Snapshots));
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(1 << 20)]
    [InlineData((9 << 20) + 1)]
    public async Task Payloads_of_any_size_come_back_identical(int size)
    {
        var payload = new byte[size];
        for (var i = 0; i < size; i++)
        {
            payload[i] = (byte)(i * 2654435761L >> 13);
        }

        await using var journal = Open();
        await WriteAsync(journal, new JournalEvent(3, payload), Event(4, "behind it"));

        var entries = await ReadAllAsync(journal);
        Assert.Equal(2, entries.Count);
        Assert.True(entries[0].Payload.Span.SequenceEqual(payload));
        Assert.Equal(size + "behind it".Length, (await journal.VerifyAsync(Run)).PayloadBytes);
    }

    [SkippableFact]
    public async Task A_negative_kind_is_refused_and_the_writer_goes_on()
    {
        await using var journal = Open();
        await using (var writer = await journal.AcquireAsync(Run, Owner("test")))
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => writer.AppendAsync([Event(1, "fine"), Event(-1, "not")], durable: false));
            await writer.AppendAsync(Events(1, 1), durable: false);
        }

        Assert.Single(await ReadAllAsync(journal));
    }

    [SkippableFact]
    public async Task A_reader_sees_a_growing_valid_prefix_while_the_writer_writes()
    {
        await using var journal = Open();
        await using var elsewhere = Open();
        await using var writer = await journal.AcquireAsync(Run, Owner("test"));
        for (var i = 1; i <= 60; i++)
        {
            await writer.AppendAsync(Events(i, i), durable: i % 10 == 0);
            Assert.Equal(i, (await ReadAllAsync(elsewhere)).Count);
        }
    }

    [SkippableFact]
    public async Task A_reading_that_is_under_way_neither_stops_the_writer_nor_misses_what_it_appends()
    {
        await using var journal = Open();
        await using var elsewhere = Open();
        await using var writer = await journal.AcquireAsync(Run, Owner("test"));
        await writer.AppendAsync(Events(1, 700), durable: false);

        var seen = 0;
        await foreach (var entry in elsewhere.ReadAsync(Run))
        {
            seen++;
            Assert.Equal(seen, entry.Sequence);
            if (seen == 1)
            {
                await writer.AppendAsync(Events(701, 2500), durable: true);
            }
        }

        Assert.Equal(2500, seen);
    }

    [SkippableFact]
    public async Task Entries_stay_valid_after_the_reading_has_gone_on()
    {
        await using var journal = Open();
        await WriteAsync(journal, Events(1, 1500));

        var entries = await ReadAllAsync(journal);
        Assert.Equal(Events(700, 700)[0].Payload.ToArray(), entries[699].Payload.ToArray());
    }

    [SkippableFact]
    public async Task Cancellation_stops_an_append_before_it_starts_and_a_reading_between_events()
    {
        await using var journal = Open();
        using var cancelled = new CancellationTokenSource();
        await using (var writer = await journal.AcquireAsync(Run, Owner("test")))
        {
            await writer.AppendAsync(Events(1, 10), durable: true);
            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.AppendAsync(Events(11, 11), durable: true, cancelled.Token));
            await writer.AppendAsync(Events(11, 12), durable: true);
        }

        Assert.Equal(12, (await ReadAllAsync(journal)).Count);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in journal.ReadAsync(Run, 1, cancelled.Token))
            {
            }
        });
    }
}
