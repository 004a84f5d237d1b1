using Calibrate.Runtime.Journals;

namespace Calibrate.Testing.Journals;

/// <summary>One run of an <see cref="InMemoryJournal"/>: rows as a provider stores them.</summary>
internal sealed class InMemoryRun(RunId run)
{
    private readonly Lock gate = new();
    private readonly List<JournalEntry> rows = [];
    private readonly List<(JournalSnapshot Snapshot, Seal Seal)> snapshots = [];
    private long epoch;
    private string owner = "";
    private bool isOwned;

    public RunId Run { get; } = run;

    /// <summary>Starts an epoch; returns it with the end of the journal.</summary>
    public (long Epoch, long Sequence, Seal Seal) Acquire(AcquireOptions options)
    {
        lock (gate)
        {
            if (isOwned && !options.Takeover)
            {
                throw new JournalLockedException(Run, owner);
            }

            epoch++;
            owner = options.Owner;
            isOwned = true;
            return (epoch, rows.Count, rows.Count == 0 ? Seal.Genesis : rows[^1].Seal);
        }
    }

    public void Release(long ofEpoch)
    {
        lock (gate)
        {
            isOwned &= epoch != ofEpoch;
        }
    }

    public void RefuseWhileOwned()
    {
        lock (gate)
        {
            if (isOwned)
            {
                throw new JournalLockedException(Run, owner);
            }
        }
    }

    public void Append(long ofEpoch, IReadOnlyList<JournalEvent> events, IReadOnlyList<Seal> seals)
    {
        lock (gate)
        {
            Fence(ofEpoch);
            for (var i = 0; i < seals.Count; i++)
            {
                rows.Add(new JournalEntry(rows.Count + 1, ofEpoch, events[i].Kind, events[i].Payload.ToArray(), seals[i]));
            }
        }
    }

    public void SaveSnapshot(long ofEpoch, JournalSnapshot snapshot, Seal seal)
    {
        lock (gate)
        {
            Fence(ofEpoch);
            snapshots.RemoveAll(kept => kept.Snapshot.Sequence == snapshot.Sequence);
            snapshots.Add((snapshot, seal));
            if (snapshots.Count > 2)
            {
                snapshots.RemoveAt(0);
            }
        }
    }

    public JournalEntry? At(long sequence)
    {
        lock (gate)
        {
            return sequence <= rows.Count ? rows[(int)sequence - 1] : null;
        }
    }

    public JournalSnapshot? NewestSnapshot()
    {
        lock (gate)
        {
            return snapshots.LastOrDefault(IsIntact).Snapshot is { } newest ? newest with { Payload = newest.Payload.ToArray() } : null;
        }
    }

    public List<(long Sequence, bool Intact)> CheckSnapshots()
    {
        lock (gate)
        {
            return [.. snapshots.Select(kept => (kept.Snapshot.Sequence, IsIntact(kept)))];
        }
    }

    private bool IsIntact((JournalSnapshot Snapshot, Seal Seal) kept)
    {
        using var chain = new JournalChain(Run);
        return chain.IsIntactSnapshot(rows[(int)kept.Snapshot.Sequence - 1].Seal, kept.Snapshot.Sequence, kept.Snapshot.Payload.Span, kept.Seal);
    }

    private void Fence(long ofEpoch)
    {
        if (ofEpoch != epoch)
        {
            throw new JournalFencedException(Run, ofEpoch, epoch, owner);
        }
    }
}
