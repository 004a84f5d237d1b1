using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Cluster;

/// <summary>
/// The answers of a worker, kept until the coordinator has them in its journal and sent again until it says so. An answer that has to be dropped is
/// no loss of truth, only of time: its evaluations are dispatched again.
/// </summary>
/// <param name="outbox">Where answers go.</param>
internal sealed class KeptAnswers(WorkerOutbox outbox)
{
    /// <summary>Answers kept at most; a coordinator takes some milliseconds to receive one, so this lasts through a restart of it.</summary>
    public const int MostAnswers = 4096;

    /// <summary>Bytes kept at most: 64 MiB.</summary>
    public const long MostBytes = 64 << 20;

    /// <summary>An answer is sent again after this time, then after twice, four times ... as long.</summary>
    public const double FirstAgainSeconds = 5;

    /// <summary>The longest time between sending an answer twice.</summary>
    public const double LongestAgainSeconds = 60;

    /// <summary>An answer that nobody received in this time is dropped: its run is not being driven.</summary>
    public const double KeepSeconds = 3600;

    // What an outcome takes besides its recorded outputs.
    private const long OutcomeBytes = 96;

    private readonly Dictionary<(SessionId Session, long Batch), LinkedListNode<Kept>> answers = [];
    private readonly LinkedList<Kept> order = [];
    private readonly Dictionary<long, Kept> unconfirmed = [];
    private long bytes;

    public int Count => answers.Count;

    /// <summary>Whether the transport has every answer that was sent.</summary>
    public bool AllConfirmed => unconfirmed.Count == 0;

    /// <summary>Keeps an answer and sends it.</summary>
    /// <param name="done">The answer.</param>
    /// <param name="delivery">The delivery it answers, to be acknowledged when the transport has the answer; null for none.</param>
    /// <param name="now">The time.</param>
    public void Answer(WorkDone done, long? delivery, double now)
    {
        Forget(done.Session, done.Batch);
        Kept kept = new(done, Size(done), now) { Delivery = delivery };
        answers.Add((done.Session, done.Batch), order.AddLast(kept));
        bytes += kept.Bytes;
        while (order.First is { } oldest && (answers.Count > MostAnswers || bytes > MostBytes) && oldest.Value != kept)
        {
            Forget(oldest.Value.Done.Session, oldest.Value.Done.Batch);
        }

        Send(kept, now);
    }

    /// <summary>Answers a batch that was delivered again and is answered already.</summary>
    /// <returns>False if it is not.</returns>
    public bool AnswerAgain(SessionId session, long batch, long delivery, double now)
    {
        if (!answers.TryGetValue((session, batch), out var found))
        {
            return false;
        }

        var kept = found.Value;
        outbox.Acknowledge(kept.Delivery);
        kept.Delivery = delivery;
        Send(kept, now);
        return true;
    }

    /// <summary>The transport has a message.</summary>
    public void Confirmed(long confirm)
    {
        if (unconfirmed.Remove(confirm, out var kept))
        {
            outbox.Acknowledge(kept.Delivery);
            kept.Delivery = null;
        }
    }

    /// <summary>The coordinator has an answer: whether the transport ever confirms that it had it does not matter any more.</summary>
    public void Received(SessionId session, long batch)
    {
        if (Forget(session, batch) is { } kept)
        {
            unconfirmed.Remove(kept.Confirm);
            outbox.Acknowledge(kept.Delivery);
            kept.Delivery = null;
        }
    }

    /// <summary>Sends everything again, or what belongs to one run: somebody new may listen.</summary>
    public void SendAgain(RunId? run, double now)
    {
        foreach (var kept in order.Where(kept => run is null || kept.Done.Session.Run == run))
        {
            kept.Tries = 0;
            Send(kept, now);
        }
    }

    /// <summary>The transport is gone, and with it every delivery.</summary>
    public void Disconnected()
    {
        foreach (var kept in order.Concat(unconfirmed.Values))
        {
            kept.Delivery = null;
        }

        unconfirmed.Clear();
    }

    /// <summary>Time passed.</summary>
    public void Passed(double now)
    {
        while (order.First is { } oldest && now - oldest.Value.Since >= KeepSeconds)
        {
            Forget(oldest.Value.Done.Session, oldest.Value.Done.Batch);
        }

        foreach (var kept in order.Where(kept => now >= kept.Due))
        {
            Send(kept, now);
        }
    }

    private Kept? Forget(SessionId session, long batch)
    {
        if (!answers.Remove((session, batch), out var found))
        {
            return null;
        }

        order.Remove(found);
        bytes -= found.Value.Bytes;
        return found.Value;
    }

    private void Send(Kept kept, double now)
    {
        kept.Due = now + Math.Min(LongestAgainSeconds, FirstAgainSeconds * Math.Pow(2, kept.Tries));
        kept.Tries = Math.Min(kept.Tries + 1, 16);
        unconfirmed.Remove(kept.Confirm);
        kept.Confirm = outbox.SendConfirmed(new Destination.Coordinator(kept.Done.Session.Run), kept.Done);
        if (kept.Confirm != 0)
        {
            unconfirmed.Add(kept.Confirm, kept);
        }
    }

    private static long Size(WorkDone done) =>
        done.Outcomes.Sum(settled => OutcomeBytes + (settled.Outcome is Evaluated value ? sizeof(double) * (long)value.Recorded.Length : 0));

    private sealed class Kept(WorkDone done, long bytes, double since)
    {
        public WorkDone Done { get; } = done;

        public long Bytes { get; } = bytes;

        public double Since { get; } = since;

        public long? Delivery { get; set; }

        public long Confirm { get; set; }

        public double Due { get; set; }

        public int Tries { get; set; }
    }
}
