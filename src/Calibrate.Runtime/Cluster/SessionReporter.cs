namespace Calibrate.Runtime.Cluster;

/// <summary>Says regularly how a session fares, for whoever watches the cluster.</summary>
internal sealed class SessionReporter
{
    /// <summary>Time between two reports.</summary>
    public const double EverySeconds = 2;

    private readonly FleetSettings settings;
    private readonly RateMeter rate = new();
    private FleetProgress progress;
    private double due = double.NegativeInfinity;

    public SessionReporter(FleetSettings settings)
    {
        this.settings = settings;
        progress = new FleetProgress(-1, settings.Iterations, 0, 0, 0, 0, 0, 0, 0);
    }

    /// <summary>Whether the session ended.</summary>
    public bool IsOver { get; set; }

    /// <summary>Takes in how the run stands.</summary>
    public void Progressed(FleetProgress now, double time)
    {
        progress = now;
        rate.Observe(time, now.StepsSettled);
    }

    /// <summary>Whether a report is due, and the next one later.</summary>
    public bool IsDue(double now)
    {
        if (now < due)
        {
            return false;
        }

        due = now + EverySeconds;
        return true;
    }

    /// <summary>The report.</summary>
    public SessionHere Report(Membership membership, double secondsPerEvaluation, long compared, long garbage, double now)
    {
        var slots = membership.Slots;
        var status = IsOver ? (progress.Iteration >= progress.Iterations ? "done" : "paused") : slots == 0 ? "waiting for workers" : "running";
        return new SessionHere(settings.Offer.Session, new SessionReport(
            settings.Problem,
            settings.Offer.Model,
            status,
            progress.Iteration,
            progress.Iterations,
            progress.StepsLeft,
            IsOver ? 0 : rate.PerSecond(now),
            secondsPerEvaluation,
            slots,
            progress.UsefulSlots,
            progress.InFlight,
            progress.Waiting,
            progress.Redispatched,
            progress.Hedged,
            compared,
            membership.Refusals,
            garbage));
    }
}
