using Calibrate.Runtime.Journals;

namespace Calibrate.Testing.Journals;

/// <summary>The writer of an <see cref="InMemoryJournal"/>.</summary>
internal sealed class InMemoryJournalWriter(InMemoryStore store, InMemoryRun run, (long Epoch, long Sequence, Seal Seal) acquired) : IJournalWriter
{
    private readonly JournalChain chain = new(run.Run, acquired.Sequence, acquired.Seal);
    private bool isUsable = true;
    private bool isDisposed;

    public RunId Run => run.Run;

    public long Epoch => acquired.Epoch;

    public long LastSequence => chain.LastSequence;

    public async Task AppendAsync(IReadOnlyList<JournalEvent> events, bool durable, CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        var seals = chain.SealNext(Epoch, events);
        if (seals.Length == 0)
        {
            return;
        }

        Write(() =>
        {
            if (store.LoseNextAppend)
            {
                store.LoseNextAppend = false;
                throw LostConnection();
            }

            run.Append(Epoch, events, seals);
            if (store.LoseNextAcknowledgement)
            {
                store.LoseNextAcknowledgement = false;
                throw LostConnection();
            }
        });
        chain.Advance(seals);
    }

    public async Task SaveSnapshotAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        var seal = chain.SealSnapshot(payload.Span);
        Write(() => run.SaveSnapshot(Epoch, new JournalSnapshot(LastSequence, payload.ToArray()), seal));
    }

    public ValueTask DisposeAsync()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            chain.Dispose();
            run.Release(Epoch);
        }

        return ValueTask.CompletedTask;
    }

    private void Write(Action write)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (!isUsable)
        {
            throw new JournalWriteException(Run, LastSequence, "an earlier write failed", "Start again");
        }

        try
        {
            write();
        }
        catch
        {
            isUsable = false;
            throw;
        }
    }

    private JournalWriteException LostConnection() => new(Run, LastSequence, "the connection was lost", "Wait until it is back");
}
