using Calibrate.Runtime.Journals;
using Xunit;

namespace Calibrate.Testing.Journals;

/// <summary>Failed writes: what may have happened must be read back before anything is appended.</summary>
public abstract partial class JournalConformance
{
    [SkippableFact]
    public async Task An_append_that_was_stored_but_never_acknowledged_is_found_by_reading_back()
    {
        await using var journal = Open();
        var writer = await journal.AcquireAsync(Run, Owner("test"));
        await writer.AppendAsync(Events(1, 3), durable: true);
        Skip.IfNot(TryLoseNextAcknowledgement(), "this provider cannot lose an acknowledgement on demand");

        var failure = await Assert.ThrowsAsync<JournalWriteException>(() => writer.AppendAsync(Events(4, 5), durable: true));
        Assert.Equal(3, failure.LastSequence);
        await writer.DisposeAsync();

        await using var again = await journal.AcquireAsync(Run, Owner("test"));
        Assert.Equal(5, again.LastSequence);
        await again.AppendAsync(Events(6, 6), durable: true);
        Assert.Equal(Events(1, 6).Select(e => e.Payload.ToArray()), (await ReadAllAsync(journal)).Select(entry => entry.Payload.ToArray()));
    }

    [SkippableFact]
    public async Task An_append_that_was_not_stored_is_not_found_and_can_be_repeated()
    {
        await using var journal = Open();
        var writer = await journal.AcquireAsync(Run, Owner("test"));
        await writer.AppendAsync(Events(1, 3), durable: true);
        Skip.IfNot(TryLoseNextAppend(), "this provider cannot lose an append on demand");

        var failure = await Assert.ThrowsAsync<JournalWriteException>(() => writer.AppendAsync(Events(4, 5), durable: true));
        Assert.Equal(3, failure.LastSequence);
        await writer.DisposeAsync();

        await using var again = await journal.AcquireAsync(Run, Owner("test"));
        Assert.Equal(3, again.LastSequence);
        await again.AppendAsync(Events(4, 5), durable: true);
        Assert.Equal(5, (await ReadAllAsync(journal)).Count);
    }

    [SkippableFact]
    public async Task A_writer_that_has_failed_writes_no_more()
    {
        await using var journal = Open();
        await using var writer = await journal.AcquireAsync(Run, Owner("test"));
        await writer.AppendAsync(Events(1, 3), durable: true);
        Skip.IfNot(TryLoseNextAppend(), "this provider cannot lose an append on demand");
        await Assert.ThrowsAsync<JournalWriteException>(() => writer.AppendAsync(Events(4, 4), durable: true));

        await Assert.ThrowsAsync<JournalWriteException>(() => writer.AppendAsync(Events(4, 4), durable: true));
        await Assert.ThrowsAsync<JournalWriteException>(() => writer.SaveSnapshotAsync(new byte[] { 1 }));
        Assert.Equal(3, (await ReadAllAsync(journal)).Count);
    }

    [SkippableFact]
    public async Task A_writer_that_was_disposed_of_writes_no_more_and_can_be_disposed_of_again()
    {
        await using var journal = Open();
        var writer = await journal.AcquireAsync(Run, Owner("test"));
        await writer.DisposeAsync();
        await writer.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => writer.AppendAsync(Events(1, 1), durable: true));
        Assert.Empty(await ReadAllAsync(journal));
    }

    [SkippableFact]
    public async Task Names_that_could_leave_the_store_never_reach_it()
    {
        Assert.False(RunId.TryParse("../x", out _, out var problem));
        Assert.Contains("'../x'", problem, StringComparison.Ordinal);
        await using var journal = Open();
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => journal.AcquireAsync(default, Owner("test")));
    }
}
