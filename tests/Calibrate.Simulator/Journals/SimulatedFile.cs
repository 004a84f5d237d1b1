using Calibrate.Runtime.Journals;
using Calibrate.Simulator.Faults;

namespace Calibrate.Simulator.Journals;

/// <summary>One run's journal on the simulated disk: a log of records, the newest snapshots, and who owns it.</summary>
public sealed class SimulatedFile
{
    private readonly List<(JournalSnapshot Snapshot, Seal Seal)> snapshots = [];
    private readonly List<(long Epoch, long FirstSequence)> epochs = [];

    internal SimulatedFile(RunId run) => Run = run;

    /// <summary>The run.</summary>
    public RunId Run { get; }

    /// <summary>The log.</summary>
    public SimulatedDisk Disk { get; } = new();

    /// <summary>The epoch of the newest writer.</summary>
    public long Epoch { get; private set; }

    /// <summary>Who has it.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>Whether it was not let go.</summary>
    public bool IsOwned { get; private set; }

    /// <summary>Snapshots that are kept.</summary>
    public int Snapshots => snapshots.Count;

    /// <summary>Every epoch with the first sequence that it may write: what a journal without stale events obeys.</summary>
    public IReadOnlyList<(long Epoch, long FirstSequence)> Epochs => epochs;

    /// <summary>The owner is gone: a killed process holds no lock.</summary>
    public void Release(long epoch) => IsOwned &= epoch != Epoch;

    internal void Begin(string owner, long lastSequence)
    {
        Epoch++;
        (Owner, IsOwned) = (owner, true);
        epochs.Add((Epoch, lastSequence + 1));
    }

    /// <summary>Reads the log to its end; a tail that is torn was never acknowledged as durable, and is dropped.</summary>
    internal (long Sequence, Seal Seal) Recover()
    {
        using var chain = new JournalChain(Run);
        var bytes = Disk.Read();
        var at = 0;
        while (at < bytes.Length)
        {
            var size = JournalRecord.Read(bytes.AsMemory(at), out var record);
            try
            {
                if (size == 0)
                {
                    throw new JournalDamagedException(Run, chain.LastSequence + 1, "it is cut off");
                }

                chain.Accept(record.Sequence, record.Epoch, record.Kind, record.Payload, record.Seal);
            }
            catch (JournalDamagedException) when (at >= Disk.Synced)
            {
                Disk.Truncate(at);
                break;
            }

            at += size;
        }

        snapshots.RemoveAll(kept => kept.Snapshot.Sequence > chain.LastSequence);
        return (chain.LastSequence, chain.LastSeal);
    }

    internal void Save(JournalSnapshot snapshot, Seal seal)
    {
        snapshots.RemoveAll(kept => kept.Snapshot.Sequence == snapshot.Sequence);
        snapshots.Add((snapshot, seal));
        if (snapshots.Count > 2)
        {
            snapshots.RemoveAt(0);
        }
    }

    internal JournalSnapshot? NewestSnapshot() =>
        snapshots.Count == 0 ? null : snapshots[^1].Snapshot with { Payload = snapshots[^1].Snapshot.Payload.ToArray() };

    internal void CutPower(SimulationRandom random)
    {
        Disk.CutPower(random);
        IsOwned = false;
        Recover();
    }
}
