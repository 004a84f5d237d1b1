using Calibrate.Runtime.Journals;
using Xunit;

namespace Calibrate.Testing.Journals;

/// <summary>Who may write: locks, epochs, fencing, takeover.</summary>
public abstract partial class JournalConformance
{
    [SkippableFact]
    public async Task Every_acquisition_starts_a_new_epoch_and_goes_on_after_the_last_event()
    {
        await using var journal = Open();
        for (var epoch = 1; epoch <= 4; epoch++)
        {
            await using var writer = await journal.AcquireAsync(Run, Owner("test"));
            Assert.Equal(Run, writer.Run);
            Assert.Equal(epoch, writer.Epoch);
            Assert.Equal(3 * (epoch - 1), writer.LastSequence);
            await writer.AppendAsync(Events((3 * epoch) - 2, 3 * epoch), durable: false);
        }

        var entries = await ReadAllAsync(journal);
        Assert.Equal([1L, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], entries.Select(entry => entry.Epoch));
    }

    [SkippableFact]
    public async Task A_run_whose_owner_lives_is_refused_and_the_owner_is_named()
    {
        await using var journal = Open();
        await using var elsewhere = Open();
        await using var writer = await journal.AcquireAsync(Run, Owner("process 1 on first-host"));

        var refused = await Assert.ThrowsAsync<JournalLockedException>(() => elsewhere.AcquireAsync(Run, Owner("process 2 on second-host")));
        Assert.Equal("process 1 on first-host", refused.Owner);
        Assert.Contains("process 1 on first-host", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--takeover", refused.Message, StringComparison.Ordinal);

        await writer.AppendAsync(Events(1, 1), durable: true);
        Assert.Equal(1, writer.LastSequence);
    }

    [SkippableFact]
    public async Task A_run_can_be_acquired_again_once_its_owner_has_let_go()
    {
        await using var journal = Open();
        await using var elsewhere = Open();
        await (await journal.AcquireAsync(Run, Owner("first"))).DisposeAsync();
        await using var writer = await elsewhere.AcquireAsync(Run, Owner("second"));
        Assert.Equal(2, writer.Epoch);
    }

    [SkippableFact]
    public async Task After_a_takeover_the_old_owner_can_write_nothing_and_learns_who_has_the_run()
    {
        await using var journal = Open();
        await using var elsewhere = Open();
        await using var old = await journal.AcquireAsync(Run, Owner("old owner"));
        await old.AppendAsync(Events(1, 3), durable: true);

        await using var taken = await elsewhere.AcquireAsync(Run, Owner("new owner", takeover: true));
        Assert.Equal(2, taken.Epoch);
        Assert.Equal(3, taken.LastSequence);

        var fenced = await Assert.ThrowsAsync<JournalFencedException>(() => old.AppendAsync(Events(90, 90), durable: true));
        Assert.Equal((1L, 2L), (fenced.Epoch, fenced.CurrentEpoch));
        Assert.Contains("new owner", fenced.Message, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<JournalException>(() => old.SaveSnapshotAsync(new byte[] { 1 }));

        await taken.AppendAsync(Events(4, 4), durable: true);
        await old.DisposeAsync();
        await taken.AppendAsync(Events(5, 5), durable: true);
        Assert.Equal([1L, 1, 1, 2, 2], (await ReadAllAsync(elsewhere)).Select(entry => entry.Epoch));
    }

    [SkippableFact]
    public async Task A_stale_snapshot_is_fenced_too()
    {
        await using var journal = Open();
        await using var old = await journal.AcquireAsync(Run, Owner("old owner"));
        await old.AppendAsync(Events(1, 3), durable: true);
        await using var taken = await journal.AcquireAsync(Run, Owner("new owner", takeover: true));

        await Assert.ThrowsAsync<JournalFencedException>(() => old.SaveSnapshotAsync(new byte[] { 1 }));
        Assert.Null(await journal.ReadSnapshotAsync(Run));
    }

    [SkippableFact]
    public async Task A_run_that_was_taken_over_is_guarded_by_its_new_owner_even_after_the_old_one_has_gone()
    {
        await using var journal = Open();
        var old = await journal.AcquireAsync(Run, Owner("old owner"));
        await using var taken = await journal.AcquireAsync(Run, Owner("new owner", takeover: true));
        await old.DisposeAsync();

        var refused = await Assert.ThrowsAsync<JournalLockedException>(() => journal.AcquireAsync(Run, Owner("third")));
        Assert.Equal("new owner", refused.Owner);
    }

    [SkippableFact]
    public async Task A_run_that_is_missing_is_only_created_when_asked_for()
    {
        await using var journal = Open();
        var options = Owner("test") with { CreateIfMissing = false };
        var missing = await Assert.ThrowsAsync<JournalNotFoundException>(() => journal.AcquireAsync(Run, options));
        Assert.Contains("conformance", missing.Message, StringComparison.Ordinal);
        Assert.Empty(await journal.ListAsync());

        await Assert.ThrowsAsync<JournalNotFoundException>(() => ReadAllAsync(journal));
        await Assert.ThrowsAsync<JournalNotFoundException>(() => journal.ReadSnapshotAsync(Run));
        await Assert.ThrowsAsync<JournalNotFoundException>(() => journal.VerifyAsync(Run));
        await Assert.ThrowsAsync<JournalNotFoundException>(() => journal.DeleteAsync(Run));
    }

    [SkippableFact]
    public async Task Of_many_that_acquire_at_once_exactly_one_gets_the_run()
    {
        await using var journal = Open();
        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            try
            {
                return await journal.AcquireAsync(Run, Owner($"contender {i}"));
            }
            catch (JournalLockedException)
            {
                return null;
            }
        })));

        await using var winner = Assert.Single(attempts, writer => writer is not null)!;
        Assert.Equal(1, winner.Epoch);
        await winner.AppendAsync(Events(1, 1), durable: true);
    }

    [SkippableFact]
    public async Task Runs_are_listed_in_order_and_deleted_one_by_one_but_not_under_their_owner()
    {
        await using var journal = Open();
        foreach (var name in new[] { "b", "a-2", "B", "a_1" })
        {
            await using var created = await journal.AcquireAsync(RunId.Parse(name), Owner("test"));
            await created.AppendAsync(Events(1, 2), durable: true);
        }

        Assert.Equal(["B", "a-2", "a_1", "b"], (await journal.ListAsync()).Select(run => run.Name));

        await using (await journal.AcquireAsync(RunId.Parse("b"), Owner("the owner")))
        {
            var refused = await Assert.ThrowsAsync<JournalLockedException>(() => journal.DeleteAsync(RunId.Parse("b")));
            Assert.Equal("the owner", refused.Owner);
        }

        await journal.DeleteAsync(RunId.Parse("b"));
        Assert.Equal(["B", "a-2", "a_1"], (await journal.ListAsync()).Select(run => run.Name));
        await using var again = await journal.AcquireAsync(RunId.Parse("b"), Owner("test"));
        Assert.Equal((1L, 0L), (again.Epoch, again.LastSequence));
        Assert.Empty(await ReadAllAsync(journal, run: RunId.Parse("b")));
    }
}
