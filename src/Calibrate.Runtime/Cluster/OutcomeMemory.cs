using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;

namespace Calibrate.Runtime.Cluster;

/// <summary>A bounded memory of outcomes by the evaluation they belong to; the oldest are forgotten first.</summary>
/// <param name="mostOutcomes">Outcomes it holds at most.</param>
/// <param name="mostNumbers">Parameters and recorded outputs it holds at most, over all outcomes.</param>
internal sealed class OutcomeMemory(int mostOutcomes, long mostNumbers)
{
    private readonly Dictionary<EvaluationId, (Remembered What, long Turn)> outcomes = [];
    private readonly Queue<(EvaluationId Id, long Turn)> order = [];
    private long turns;
    private long numbers;

    public int Count => outcomes.Count;

    /// <summary>Places in the queue of what is forgotten next, those of outcomes that were forgotten out of turn included.</summary>
    internal int Places => order.Count;

    /// <summary>What is remembered of an evaluation; null when it was never known, or forgotten.</summary>
    public Remembered? Find(EvaluationId id) => outcomes.TryGetValue(id, out var found) ? found.What : null;

    /// <summary>Remembers an outcome, unless one of the same evaluation is remembered.</summary>
    public void Add(EvaluationId id, Remembered what)
    {
        if (!outcomes.TryAdd(id, (what, ++turns)))
        {
            return;
        }

        order.Enqueue((id, turns));
        numbers += what.Numbers;
        while (outcomes.Count > mostOutcomes || numbers > mostNumbers)
        {
            var (oldest, turn) = order.Dequeue();
            if (outcomes.TryGetValue(oldest, out var found) && found.Turn == turn)
            {
                Forget(oldest);
            }
        }

        DropStale();
    }

    /// <summary>Forgets an evaluation.</summary>
    public void Forget(EvaluationId id)
    {
        if (outcomes.Remove(id, out var found))
        {
            numbers -= found.What.Numbers;
        }
    }

    // What was forgotten out of turn leaves its place in the queue behind: twice the capacity is the most that may build up.
    private void DropStale()
    {
        if (order.Count <= 2 * mostOutcomes)
        {
            return;
        }

        for (var left = order.Count; left > 0; left--)
        {
            var place = order.Dequeue();
            if (outcomes.TryGetValue(place.Id, out var found) && found.Turn == place.Turn)
            {
                order.Enqueue(place);
            }
        }
    }
}

/// <summary>An outcome with its origin.</summary>
/// <param name="Hash">Hash of the parameters.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Origin">The answer that it came with.</param>
/// <param name="Request">What was evaluated; null when only its hash is known.</param>
internal sealed record Remembered(ulong Hash, EvaluationOutcome Outcome, AnswerId Origin, EvaluationRequest? Request)
{
    /// <summary>Another worker's outcome that contradicts it; null while there is none.</summary>
    public (WorkerId Worker, EvaluationOutcome Outcome)? Rival { get; set; }

    public long Numbers => (Outcome is Evaluated value ? value.Recorded.Length : 0) + (Request?.Parameters.Length ?? 0);
}

/// <summary>Names one answer of one worker: it is sent again under this name until it was received.</summary>
/// <param name="Worker">Whose answer.</param>
/// <param name="Session">The session that had asked.</param>
/// <param name="Batch">The batch.</param>
internal readonly record struct AnswerId(WorkerId Worker, SessionId Session, long Batch);
