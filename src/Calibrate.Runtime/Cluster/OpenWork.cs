using Calibrate.Inference;

namespace Calibrate.Runtime.Cluster;

/// <summary>The batches that are out and not answered, and the evaluations in them.</summary>
internal sealed class OpenWork
{
    /// <summary>
    /// A batch is forgotten after this many later ones: three times what 10,000 slots with two batches each have out. A late answer is still known by
    /// its evaluations.
    /// </summary>
    public const int MostBatches = 65_536;

    private readonly Dictionary<long, OpenBatch> batches = [];
    private readonly Dictionary<EvaluationId, Wanted> wanted = [];
    private readonly Queue<long> order = [];

    /// <summary>The highest number a batch had.</summary>
    public long LastBatch { get; private set; }

    /// <summary>Takes in a batch that goes out.</summary>
    public void Open(long number, IReadOnlyList<EvaluationRequest> requests, bool suspect)
    {
        Close(number);
        batches[number] = new OpenBatch(number, requests, suspect);
        LastBatch = Math.Max(LastBatch, number);
        foreach (var request in requests)
        {
            var open = wanted.TryGetValue(request.Id, out var known) ? known.Batches : 0;
            wanted[request.Id] = new Wanted(request, ParameterHash.Of(request.Parameters), open + 1);
        }

        order.Enqueue(number);
        while (order.Count > MostBatches)
        {
            Close(order.Dequeue());
        }
    }

    /// <summary>The batch of a number, if it is out.</summary>
    public OpenBatch? Find(long number) => batches.GetValueOrDefault(number);

    /// <summary>An evaluation that is out; null when it is not.</summary>
    public Wanted? Find(EvaluationId id) => wanted.GetValueOrDefault(id);

    /// <summary>An evaluation is settled: nobody waits for it any more.</summary>
    public void Settle(EvaluationId id) => wanted.Remove(id);

    /// <summary>A batch was answered, or is given up.</summary>
    public void Close(long number)
    {
        if (!batches.Remove(number, out var batch))
        {
            return;
        }

        foreach (var request in batch.Requests)
        {
            if (wanted.TryGetValue(request.Id, out var known))
            {
                if (known.Batches <= 1)
                {
                    wanted.Remove(request.Id);
                }
                else
                {
                    wanted[request.Id] = known with { Batches = known.Batches - 1 };
                }
            }
        }
    }

    /// <summary>Nothing is out any more.</summary>
    public void Clear()
    {
        batches.Clear();
        wanted.Clear();
        order.Clear();
    }
}

/// <summary>A batch that is out.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Requests">Its evaluations.</param>
/// <param name="Suspect">Whether a process died with it before.</param>
internal sealed record OpenBatch(long Number, IReadOnlyList<EvaluationRequest> Requests, bool Suspect)
{
    /// <summary>Who said that it begins it; null while nobody did.</summary>
    public WorkerId? Begun { get; set; }

    /// <summary>Whether its return is held back for a while.</summary>
    public bool Held { get; set; }

    /// <summary>An evaluation of the batch, if it is one.</summary>
    /// <param name="id">The evaluation.</param>
    /// <param name="expectedAt">Where it is if the answer is in order, as answers are.</param>
    public EvaluationRequest? Find(EvaluationId id, int expectedAt) =>
        expectedAt < Requests.Count && Requests[expectedAt].Id == id ? Requests[expectedAt] : Requests.FirstOrDefault(request => request.Id == id);
}

/// <summary>An evaluation that is out.</summary>
/// <param name="Request">The evaluation.</param>
/// <param name="Hash">Hash of its parameters.</param>
/// <param name="Batches">Batches that are out and contain it.</param>
internal sealed record Wanted(EvaluationRequest Request, ulong Hash, int Batches);
