namespace Calibrate.Runtime.Cluster;

/// <summary>Knows which answers are on their way into the journal, and tells their workers once they are there.</summary>
/// <param name="session">The session.</param>
/// <param name="outbox">Where receipts go.</param>
internal sealed class Receipts(SessionId session, FleetOutbox outbox)
{
    /// <summary>Answers on their way into the journal at most: a receipt beyond is given when the worker sends its answer again.</summary>
    public const int MostPending = 65_536;

    private readonly Dictionary<long, IReadOnlyList<AnswerId>> pending = [];
    private readonly HashSet<AnswerId> answers = [];
    private readonly Queue<long> order = [];

    /// <summary>Whether an answer is on its way.</summary>
    public bool IsPending(AnswerId answer) => answers.Contains(answer);

    /// <summary>The coordinator was told of answers under the number of a batch.</summary>
    public void Expect(long batch, IReadOnlyList<AnswerId> origins)
    {
        Forget(batch);
        pending[batch] = origins;
        answers.UnionWith(origins);
        order.Enqueue(batch);
        while (order.Count > MostPending)
        {
            Forget(order.Dequeue());
        }
    }

    /// <summary>Tells a worker at once that an answer of its need not be sent again.</summary>
    public void GiveNow(AnswerId answer) =>
        outbox.Send(answer.Worker, new WorkReceived(session, answer.Worker, [(answer.Session, answer.Batch)]));

    /// <summary>These batches are in the journal.</summary>
    public void Journaled(IReadOnlyList<long> batches)
    {
        var journaled = batches.SelectMany(batch => pending.TryGetValue(batch, out var origins) ? origins : []).ToLookup(answer => answer.Worker);
        foreach (var worker in journaled)
        {
            outbox.Send(worker.Key, new WorkReceived(session, worker.Key, [.. worker.Distinct().Select(answer => (answer.Session, answer.Batch))]));
        }

        foreach (var batch in batches)
        {
            Forget(batch);
        }
    }

    private void Forget(long batch)
    {
        if (pending.Remove(batch, out var origins))
        {
            answers.ExceptWith(origins);
        }
    }
}
