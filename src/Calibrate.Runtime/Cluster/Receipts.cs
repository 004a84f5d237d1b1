namespace Calibrate.Runtime.Cluster;

/// <summary>
/// Knows which answers are on their way into the journal, and tells their workers once they are there: many in one message, because a worker loses
/// nothing by keeping an answer half a second longer, and a message per answer would be a third of all that the broker carries.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="outbox">Where receipts go.</param>
internal sealed class Receipts(SessionId session, FleetOutbox outbox)
{
    /// <summary>Answers on their way into the journal at most: a receipt beyond is given when the worker sends its answer again.</summary>
    public const int MostPending = 65_536;

    /// <summary>Answers of one worker that one receipt is given for; fewer when time passes.</summary>
    public const int MostTogether = 64;

    private readonly Dictionary<long, IReadOnlyList<AnswerId>> pending = [];
    private readonly Dictionary<WorkerId, List<AnswerId>> journaled = [];
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
        foreach (var batch in batches)
        {
            foreach (var answer in pending.GetValueOrDefault(batch, []))
            {
                Note(answer);
            }

            Forget(batch);
        }
    }

    /// <summary>Gives the receipts that wait for company.</summary>
    public void GiveAll()
    {
        foreach (var (worker, due) in journaled)
        {
            Give(worker, due);
        }

        journaled.Clear();
    }

    private void Note(AnswerId answer)
    {
        if (!journaled.TryGetValue(answer.Worker, out var due))
        {
            journaled.Add(answer.Worker, due = []);
        }

        due.Add(answer);
        if (due.Count >= MostTogether)
        {
            journaled.Remove(answer.Worker);
            Give(answer.Worker, due);
        }
    }

    private void Give(WorkerId worker, List<AnswerId> due) =>
        outbox.Send(worker, new WorkReceived(session, worker, [.. due.Distinct().Select(answer => (answer.Session, answer.Batch))]));

    private void Forget(long batch)
    {
        if (pending.Remove(batch, out var origins))
        {
            answers.ExceptWith(origins);
        }
    }
}
