using Calibrate.Runtime.Journals;
using Calibrate.Simulator.Faults;

namespace Calibrate.Simulator.Journals;

/// <summary>The writer of a <see cref="SimulatedJournal"/>.</summary>
internal sealed class SimulatedJournalWriter(SimulatedFile file, SimulatedFiles files, long epoch, long sequence, Seal seal) : IJournalWriter
{
    private readonly JournalChain chain = new(file.Run, sequence, seal);
    private bool isUsable = true;
    private bool isDisposed;

    public RunId Run => file.Run;

    public long Epoch => epoch;

    public long LastSequence => chain.LastSequence;

    public Task AppendAsync(IReadOnlyList<JournalEvent> events, bool durable, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        var seals = chain.SealNext(epoch, events);
        if (seals.Length > 0)
        {
            Append(events, seals, durable);
            chain.Advance(seals);
        }

        return Task.CompletedTask;
    }

    public Task SaveSnapshotAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        Check();
        file.Save(new JournalSnapshot(LastSequence, payload.ToArray()), chain.SealSnapshot(payload.Span));
        file.Disk.Sync();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (!isDisposed)
        {
            isDisposed = true;
            chain.Dispose();
            file.Release(epoch);
        }

        return ValueTask.CompletedTask;
    }

    private void Append(IReadOnlyList<JournalEvent> events, Seal[] seals, bool durable)
    {
        Check();
        var fault = files.FaultOf(epoch);
        if (fault == DiskFault.KillBefore)
        {
            throw new ProcessKilledException();
        }

        if (fault == DiskFault.LoseWrite)
        {
            throw Fail("the disk is full");
        }

        for (var i = 0; i < seals.Length; i++)
        {
            file.Disk.Write(new JournalRecord(LastSequence + 1 + i, epoch, events[i].Kind, events[i].Payload, seals[i]).ToArray());
        }

        if (fault == DiskFault.LoseAcknowledgement)
        {
            throw Fail("the sync failed");
        }

        if (durable)
        {
            file.Disk.Sync();
        }

        if (fault == DiskFault.KillAfter)
        {
            throw new ProcessKilledException();
        }
    }

    private void Check()
    {
        if (!isUsable)
        {
            throw Fail("an earlier write failed");
        }

        if (epoch != file.Epoch && !files.ForgetsToFence)
        {
            isUsable = false;
            throw new JournalFencedException(Run, epoch, file.Epoch, file.Owner);
        }
    }

    private JournalWriteException Fail(string reason)
    {
        isUsable = false;
        return new JournalWriteException(Run, LastSequence, reason, "Start again");
    }
}
