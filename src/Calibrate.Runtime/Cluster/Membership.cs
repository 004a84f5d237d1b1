using Calibrate.Runtime.Coordination;

namespace Calibrate.Runtime.Cluster;

/// <summary>
/// The workers of a session: who is here, who proved itself, how many slots there are. A worker that falls silent leaves; when it is heard again
/// it is back without another proof, because a worker's name belongs to one process.
/// </summary>
internal sealed class Membership
{
    /// <summary>A worker that says nothing for this long has left: five heartbeats.</summary>
    public const double SilenceSeconds = 10;

    /// <summary>A worker that left is forgotten after this time: if it ever comes back, it proves itself again.</summary>
    public const double ForgetSeconds = 600;

    /// <summary>Workers a session knows at most, so that nonsense cannot fill the memory: far more than one coordinator can feed.</summary>
    public const int MostMembers = 16_384;

    // A worker that prepares a slow model says that it has the offer; one that does not has missed it, or had no room for it.
    private const double FirstOfferAgain = 5;
    private const double LongestOfferAgain = 60;

    // The operator looks at the last refusals; all of them are in the journal.
    private const int RefusalsShown = 10;

    private readonly Dictionary<WorkerId, Member> members = [];
    private readonly Queue<string> refusals = [];
    private readonly Admission admission;
    private readonly Offer offer;
    private readonly EvaluationTime evaluationTime;
    private readonly FleetOutbox outbox;
    private int told;

    public Membership(FleetSettings settings, EvaluationTime evaluationTime, FleetOutbox outbox)
    {
        offer = settings.Offer;
        admission = new Admission(settings);
        this.evaluationTime = evaluationTime;
        this.outbox = outbox;
    }

    /// <summary>Slots of the workers that evaluate now.</summary>
    public int Slots => members.Values.Where(member => member.Works).Sum(member => member.Slots);

    /// <summary>The last refusals, for the operator.</summary>
    public IReadOnlyList<string> Refusals => [.. refusals];

    /// <summary>The workers that evaluate now.</summary>
    public IEnumerable<Member> Working => members.Values.Where(member => member.Works);

    /// <summary>Name of a worker's machine; null when it is not known.</summary>
    public string? HostOf(WorkerId worker) => members.GetValueOrDefault(worker)?.Host;

    /// <summary>Whether a worker was refused.</summary>
    public bool IsRefused(WorkerId worker) => members.TryGetValue(worker, out var member) && member.State == MemberState.Refused;

    /// <summary>Offers the session to everybody.</summary>
    public void OfferToAll()
    {
        outbox.Send(new Destination.AllWorkers(), offer);
        outbox.Send(new Destination.AllWorkers(), new RollCall());
    }

    /// <summary>A worker showed up.</summary>
    /// <returns>False if there is no room for it.</returns>
    public bool Heard(WorkerHere here, double now)
    {
        if (Find(here.Worker, now) is not { } member)
        {
            return false;
        }

        (member.Host, member.Process, member.Isolation, member.Load) = (here.Host, here.Process, here.Isolation, here.Load);
        Heard(member, now);
        if (member.State != MemberState.Refused && !here.Sessions.Contains(offer.Session) && now >= member.OfferDue)
        {
            member.OfferDue = now + Math.Min(LongestOfferAgain, FirstOfferAgain * Math.Pow(2, member.Offers));
            member.Offers = Math.Min(member.Offers + 1, 16);
            outbox.Send(member.Worker, offer);
        }

        return true;
    }

    /// <summary>A sign of life of a worker besides its heartbeat.</summary>
    public void Heard(WorkerId worker, double now)
    {
        if (members.TryGetValue(worker, out var member) && member.Present)
        {
            member.LastHeard = now;
        }
    }

    /// <summary>A worker proved itself, or could not.</summary>
    /// <returns>False if there is no room for it.</returns>
    public bool Proved(Proof proof, double now)
    {
        if (Find(proof.Worker, now) is not { } member)
        {
            return false;
        }

        Heard(member, now);
        if (member.State == MemberState.Refused || admission.Judge(proof) is { } refusal && Refuse(member, refusal))
        {
            outbox.Send(member.Worker, new Refused(offer.Session, member.Worker, member.Refusal));
            return true;
        }

        outbox.Send(member.Worker, new Admitted(offer.Session, member.Worker, offer.Model));
        if (member.State == MemberState.Unproved)
        {
            if (admission.Establish(proof))
            {
                outbox.Tell(new CanariesComputed(admission.Reference));
            }

            member.State = MemberState.Admitted;
            member.Slots = proof.Slots;
            member.SecondsPerEvaluation = double.IsFinite(proof.SecondsPerEvaluation) ? Math.Max(0, proof.SecondsPerEvaluation) : 0;
            evaluationTime.Expect(member.SecondsPerEvaluation);
            outbox.Tell(new WorkerAdmitted(member.Worker, member.Description, member.Slots));
        }

        TellSlots();
        return true;
    }

    /// <summary>Tells a worker again that it may evaluate: it seems not to know.</summary>
    public void Remind(WorkerId worker)
    {
        if (members.TryGetValue(worker, out var member) && member.Works)
        {
            outbox.Send(worker, new Admitted(offer.Session, worker, offer.Model));
        }
    }

    /// <summary>A worker ended on purpose.</summary>
    public void Gone(WorkerId worker)
    {
        if (members.Remove(worker, out var member) && member.Works)
        {
            outbox.Tell(new WorkerLost(worker, "stopped"));
            TellSlots();
        }
    }

    /// <summary>The transport is there: nobody could be heard while it was not.</summary>
    public void Connected(double now)
    {
        foreach (var member in members.Values)
        {
            member.LastHeard = now;
            member.OfferDue = now;
        }

        TellSlots();
    }

    /// <summary>The transport is gone: nobody can be reached.</summary>
    public void Disconnected() => TellSlots();

    /// <summary>Time passed.</summary>
    public void Passed(double now)
    {
        foreach (var member in members.Values)
        {
            var silence = now - member.LastHeard;
            if (silence >= ForgetSeconds || (silence >= SilenceSeconds && member.State == MemberState.Unproved))
            {
                members.Remove(member.Worker);
            }

            if (member.Present && silence >= SilenceSeconds)
            {
                var worked = member.Works;
                member.Present = false;
                if (worked)
                {
                    outbox.Tell(new WorkerLost(member.Worker, FormattableString.Invariant($"silent for {SilenceSeconds} s")));
                }
            }
        }

        TellSlots();
    }

    private void Heard(Member member, double now)
    {
        member.LastHeard = now;
        if (!member.Present)
        {
            member.Present = true;
            if (member.State == MemberState.Admitted)
            {
                outbox.Tell(new WorkerAdmitted(member.Worker, member.Description, member.Slots));
                TellSlots();
            }
        }
    }

    private bool Refuse(Member member, string reason)
    {
        if (member.Works)
        {
            outbox.Tell(new WorkerLost(member.Worker, "refused"));
        }

        member.State = MemberState.Refused;
        member.Refusal = reason;
        outbox.Tell(new WorkerTurnedAway(member.Worker, reason));
        refusals.Enqueue($"{member.Worker}: {reason}");
        while (refusals.Count > RefusalsShown)
        {
            refusals.Dequeue();
        }

        TellSlots();
        return true;
    }

    private Member? Find(WorkerId worker, double now)
    {
        if (!members.TryGetValue(worker, out var member) && members.Count < MostMembers)
        {
            members[worker] = member = new Member(worker) { LastHeard = now };
        }

        return member;
    }

    private void TellSlots()
    {
        var slots = outbox.Connected ? Slots : 0;
        if (slots != told)
        {
            told = slots;
            outbox.Tell(new SlotsChanged(slots, evaluationTime.Seconds));
        }
    }
}
