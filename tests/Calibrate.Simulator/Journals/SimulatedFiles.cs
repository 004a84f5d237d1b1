using Calibrate.Runtime.Journals;
using Calibrate.Simulator.Faults;

namespace Calibrate.Simulator.Journals;

/// <summary>What is about to be done to a file, and what becomes of it.</summary>
public enum DiskFault
{
    /// <summary>It works.</summary>
    None,

    /// <summary>The write fails; nothing of it is there.</summary>
    LoseWrite,

    /// <summary>The write is there, but the writer sees an error, as when a sync fails or a connection is lost behind the commit.</summary>
    LoseAcknowledgement,

    /// <summary>The writing process dies before it writes.</summary>
    KillBefore,

    /// <summary>The writing process dies when it has written: nobody does what should follow.</summary>
    KillAfter,
}

/// <summary>All journals of a simulation, and how they are to fail.</summary>
public sealed class SimulatedFiles
{
    private readonly SortedDictionary<string, SimulatedFile> files = new(StringComparer.Ordinal);

    /// <summary>Asked before every append of an epoch what is to become of it.</summary>
    public Func<long, DiskFault> FaultOf { get; set; } = _ => DiskFault.None;

    /// <summary>Whether appends of stale epochs are let through: a planted mistake that the simulator must notice.</summary>
    public bool ForgetsToFence { get; init; }

    /// <summary>The runs that have a file.</summary>
    public IReadOnlyList<RunId> Runs => [.. files.Values.Select(file => file.Run)];

    /// <summary>A run's file, or null.</summary>
    public SimulatedFile? Find(RunId run) => files.GetValueOrDefault(run.Name);

    /// <summary>A run's file, made if there is none.</summary>
    public SimulatedFile GetOrAdd(RunId run)
    {
        if (!files.TryGetValue(run.Name, out var file))
        {
            files[run.Name] = file = new SimulatedFile(run);
        }

        return file;
    }

    /// <summary>Deletes a run's file.</summary>
    public void Remove(RunId run) => files.Remove(run.Name);

    /// <summary>Cuts the power of the machine with the disk.</summary>
    public void CutPower(SimulationRandom random)
    {
        foreach (var file in files.Values)
        {
            file.CutPower(random);
        }
    }
}
