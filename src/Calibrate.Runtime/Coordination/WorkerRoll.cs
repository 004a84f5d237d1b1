using Calibrate.Runtime.Cluster;

namespace Calibrate.Runtime.Coordination;

/// <summary>
/// The workers of a run as its journal tells: who is admitted now, and who was turned away. After a coordinator was killed it tells who was
/// admitted then; every session begins with nobody.
/// </summary>
public sealed class WorkerRoll
{
    /// <summary>Refusals kept in full per run.</summary>
    public const int MaximumRefusals = 16;

    private readonly SortedDictionary<string, WorkerJoined> admitted = new(StringComparer.Ordinal);
    private readonly List<WorkerRefused> refusals = [];

    /// <summary>The admitted workers, by name.</summary>
    public IReadOnlyCollection<WorkerJoined> Admitted => admitted.Values;

    /// <summary>Slots of the admitted workers.</summary>
    public int Slots => admitted.Values.Sum(worker => worker.Slots);

    /// <summary>Refusals so far.</summary>
    public long RefusalCount { get; private set; }

    /// <summary>The last refusals, oldest first.</summary>
    public IReadOnlyList<WorkerRefused> Refusals => refusals;

    /// <summary>What is known of an admitted worker; null if it is not admitted.</summary>
    /// <param name="worker">The worker.</param>
    public WorkerJoined? Find(WorkerId worker) => admitted.GetValueOrDefault(worker.Name);

    internal void Join(WorkerJoined worker) => admitted[worker.Worker.Name] = worker;

    internal void Leave(WorkerId worker) => admitted.Remove(worker.Name);

    internal void Refuse(WorkerRefused refusal)
    {
        RefusalCount++;
        refusals.Add(refusal);
        if (refusals.Count > MaximumRefusals)
        {
            refusals.RemoveAt(0);
        }
    }

    internal void Dismiss() => admitted.Clear();

    internal void Restore(IEnumerable<WorkerJoined> workers, long refusalCount, IEnumerable<WorkerRefused> last)
    {
        foreach (var worker in workers)
        {
            Join(worker);
        }

        RefusalCount = refusalCount;
        refusals.AddRange(last);
    }
}
