using Calibrate.Runtime.Journals;
using Xunit;

namespace Calibrate.Testing.Journals;

/// <summary>Finding and reading single events.</summary>
public abstract partial class JournalConformance
{
    [SkippableFact]
    public async Task Events_of_a_kind_are_found_with_their_places_and_lengths()
    {
        await using var journal = Open();
        await WriteAsync(journal, KnownEvents.Range(1, 120));

        var expected = Enumerable.Range(1, 120).Where(i => KnownEvents.At(i).Kind == 3).Select(i => new JournalPlace(i, KnownEvents.At(i).Payload.Length)).ToList();
        Assert.Equal(expected, await journal.FindAsync(Run, kind: 3));
        Assert.Equal(expected.Where(place => place.Sequence >= 58), await journal.FindAsync(Run, kind: 3, fromSequence: 58));
        Assert.Empty(await journal.FindAsync(Run, kind: 3, fromSequence: 121));
        Assert.Empty(await journal.FindAsync(Run, kind: 99));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => journal.FindAsync(Run, kind: 3, fromSequence: 0));
    }

    [SkippableFact]
    public async Task Selected_events_are_read_in_the_order_asked_for_and_with_their_own_seals()
    {
        await using var journal = Open();
        await WriteAsync(journal, KnownEvents.Range(1, 120));
        var all = await ReadAllAsync(journal);

        List<(long Sequence, Seal Seal)> read = [];
        await foreach (var entry in journal.ReadSelectedAsync(Run, [49, 1, 120, 121, 98, 7, 1000, 7]))
        {
            Assert.True(KnownEvents.Matches(entry));
            read.Add((entry.Sequence, entry.Seal));
        }

        Assert.Equal([49L, 1, 120, 98, 7, 7], read.Select(entry => entry.Sequence));
        Assert.All(read, entry => Assert.Equal(all[(int)entry.Sequence - 1].Seal, entry.Seal));
    }

    [SkippableFact]
    public async Task Nothing_is_found_in_a_run_that_does_not_exist()
    {
        await using var journal = Open();
        await Assert.ThrowsAsync<JournalNotFoundException>(() => journal.FindAsync(Run, kind: 1));
        await Assert.ThrowsAsync<JournalNotFoundException>(async () =>
        {
            await foreach (var _ in journal.ReadSelectedAsync(Run, [1]))
            {
            }
        });
    }
}
