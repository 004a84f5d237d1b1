using Calibrate.Runtime.Journals;

namespace Calibrate.Runtime.Cluster;

/// <summary>
/// What a worker knows of the sessions that want it: their offers, the proofs it gave, what came of them. One session per run, the newest; older
/// ones are over.
/// </summary>
internal sealed class WorkerSeats
{
    /// <summary>Sessions a worker serves at most.</summary>
    public const int MostSeats = 32;

    /// <summary>Offers that wait to be prepared at most: each holds a problem with its data.</summary>
    public const int MostWaiting = 16;

    /// <summary>Proofs that are remembered at most.</summary>
    public const int MostProofs = 32;

    /// <summary>
    /// A session that says nothing and has no work here for this long is over: its coordinator died, and nobody took its run up. If it lives
    /// after all, it sees that the worker forgot it and offers again.
    /// </summary>
    public const double SilenceSeconds = 3600;

    private const double FirstProofAgain = 5;
    private const double LongestProofAgain = 60;

    private readonly WorkerSettings settings;
    private readonly WorkerOutbox outbox;
    private readonly Dictionary<RunId, Seat> seats = [];
    private readonly LinkedList<(ProofKey Key, WorkerInput.Prepared Prepared)> proofs = [];
    private Offer? preparing;
    private long turns;

    public WorkerSeats(WorkerSettings settings, WorkerOutbox outbox)
    {
        this.settings = settings;
        this.outbox = outbox;
    }

    /// <summary>The sessions whose offers it has.</summary>
    public IReadOnlyList<SessionId> Sessions => [.. seats.Values.Where(seat => seat.State != SeatState.Over).Select(seat => seat.Session)];

    /// <summary>The session of a run; null when it has none.</summary>
    public Seat? Of(RunId run) => seats.GetValueOrDefault(run);

    /// <summary>Whether a session waits for admission to a model, or has it.</summary>
    public bool Wants(ModelFingerprint model) => seats.Values.Any(seat => seat.State is SeatState.Proved or SeatState.Admitted && seat.Model == model);

    /// <summary>Whether a session is admitted to a model.</summary>
    public bool Admits(ModelFingerprint model) => seats.Values.Any(seat => seat.State == SeatState.Admitted && seat.Model == model);

    /// <summary>An offer arrived.</summary>
    /// <returns>Whether it is news: a session that it did not know, or knew as over.</returns>
    public bool Take(Offer offer, double now)
    {
        var run = offer.Session.Run;
        if (Of(run) is { } known && (known.Session.Epoch > offer.Session.Epoch || (known.Session == offer.Session && known.State != SeatState.Over)))
        {
            if (known.Session == offer.Session)
            {
                known.LastHeard = now;
                SendProof(known, now);
            }

            return false;
        }

        if (!MakeRoom(run))
        {
            return false;
        }

        Seat seat = new(offer, ++turns) { LastHeard = now };
        seats[run] = seat;
        var mismatch = Admission.DifferenceOfBuild(offer.Build, settings.Build) ?? Admission.DifferenceOfPlatform(offer.Platform, settings.Platform);
        if (mismatch is not null)
        {
            Prove(seat, new WorkerInput.Prepared(offer.Session, null, [], 0, mismatch), now);
        }
        else if (Remembered(seat.Key) is { } prepared)
        {
            Prove(seat, prepared, now);
        }
        else if (seats.Values.Count(seat => seat.State == SeatState.Waiting) > MostWaiting)
        {
            seats.Remove(run);
        }

        PrepareNext();
        return true;
    }

    /// <summary>What was prepared is ready, or cannot be.</summary>
    public void Take(WorkerInput.Prepared prepared, double now)
    {
        if (preparing is not { } offer || offer.Session != prepared.Session)
        {
            return;
        }

        preparing = null;
        ProofKey key = new(offer);
        if (prepared.Model is not null)
        {
            proofs.AddLast((key, prepared));
            if (proofs.Count > MostProofs)
            {
                proofs.RemoveFirst();
            }
        }

        // A session that was superseded meanwhile left its preparation to its successor.
        foreach (var seat in seats.Values.Where(seat => seat.State is SeatState.Waiting && (seat.Session == offer.Session || (prepared.Model is not null && seat.Key == key))))
        {
            Prove(seat, prepared, now);
        }

        PrepareNext();
    }

    /// <summary>The session was told that the worker may take its work.</summary>
    public void Take(Admitted admitted, double now)
    {
        if (admitted.Worker == settings.Worker
            && Of(admitted.Session.Run) is { State: SeatState.Proved } seat
            && seat.Session == admitted.Session
            && seat.Model == admitted.Model)
        {
            seat.State = SeatState.Admitted;
            seat.LastHeard = now;
        }
    }

    /// <summary>The worker may not take the session's work.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Take(Refused refused)
    {
        if (refused.Worker != settings.Worker
            || Of(refused.Session.Run) is not { State: SeatState.Proved or SeatState.Admitted } seat
            || seat.Session != refused.Session)
        {
            return false;
        }

        seat.State = SeatState.Refused;
        return true;
    }

    /// <summary>A session is over.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Take(SessionOver over)
    {
        if (Of(over.Session.Run) is not { } seat || seat.Session != over.Session || seat.State == SeatState.Over)
        {
            return false;
        }

        seat.End();
        PrepareNext();
        return true;
    }

    /// <summary>A sign of life of a session.</summary>
    public void Heard(SessionId session, double now)
    {
        if (Of(session.Run) is { } seat && seat.Session == session)
        {
            seat.LastHeard = now;
        }
    }

    /// <summary>Forgets what was proved of a model that is let go of.</summary>
    public void Forget(ModelFingerprint model)
    {
        for (var node = proofs.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.Prepared.Model == model)
            {
                proofs.Remove(node);
            }

            node = next;
        }
    }

    /// <summary>The transport is there: proofs may have been lost.</summary>
    public void Connected(double now)
    {
        foreach (var seat in seats.Values.Where(seat => seat.State == SeatState.Proved))
        {
            seat.Tries = 0;
            SendProof(seat, now);
        }
    }

    /// <summary>Time passed.</summary>
    /// <param name="isServed">Whether there is work of a session here.</param>
    /// <param name="now">The time.</param>
    public void Passed(Func<SessionId, bool> isServed, double now)
    {
        foreach (var seat in seats.Values)
        {
            if (seat.State != SeatState.Over && now - seat.LastHeard >= SilenceSeconds && !isServed(seat.Session))
            {
                seat.End();
            }
            else if (seat.State == SeatState.Proved && now >= seat.ProofDue)
            {
                SendProof(seat, now);
            }
        }
    }

    // Sessions that are over, and then refused ones, make room for new ones.
    private bool MakeRoom(RunId run)
    {
        if (seats.Count < MostSeats || seats.ContainsKey(run))
        {
            return true;
        }

        var least = seats
            .Where(pair => pair.Value.State is SeatState.Over or SeatState.Refused)
            .OrderByDescending(pair => pair.Value.State == SeatState.Over)
            .ThenBy(pair => pair.Value.LastHeard)
            .Select(pair => (RunId?)pair.Key)
            .FirstOrDefault();
        return least is { } chosen && seats.Remove(chosen);
    }

    private void PrepareNext()
    {
        var next = seats.Values.Where(seat => seat.State == SeatState.Waiting).MinBy(seat => seat.Turn);
        if (preparing is null && next?.Offer is { } offer)
        {
            preparing = offer;
            outbox.Do(new WorkerOutput.Prepare(offer));
        }
    }

    private WorkerInput.Prepared? Remembered(ProofKey key)
    {
        foreach (var (proved, prepared) in proofs)
        {
            if (proved == key)
            {
                return prepared;
            }
        }

        return null;
    }

    private void Prove(Seat seat, WorkerInput.Prepared prepared, double now)
    {
        seat.Prove(new Proof(
            seat.Session,
            settings.Worker,
            prepared.Model,
            settings.Platform,
            settings.Build,
            settings.Slots,
            prepared.Canaries,
            prepared.SecondsPerEvaluation,
            prepared.Refusal));
        SendProof(seat, now);
    }

    private void SendProof(Seat seat, double now)
    {
        if (seat.Proof is { } proof)
        {
            seat.ProofDue = now + Math.Min(LongestProofAgain, FirstProofAgain * Math.Pow(2, seat.Tries));
            seat.Tries = Math.Min(seat.Tries + 1, 16);
            outbox.Send(new Destination.Coordinator(seat.Session.Run), proof);
        }
    }
}
