using Calibrate.Runtime.Cluster;

namespace Calibrate.Cluster.RabbitMq.Observing;

/// <summary>Puts together what an observer hears. Safe for any thread.</summary>
/// <param name="clock">Measures rates.</param>
internal sealed class Sightings(TimeProvider clock)
{
    // Two heartbeats of a worker are two seconds apart; shorter spans tell more about the network than about rates.
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromSeconds(1);

    // As silent as a worker that its coordinators count as gone.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<WorkerId, (WorkerHere First, long FirstAt, WorkerHere Last, long LastAt)> workers = [];
    private readonly Dictionary<Calibrate.Runtime.Journals.RunId, (SessionHere Here, long At)> sessions = [];

    public void Hear(ClusterMessage message)
    {
        var now = clock.GetTimestamp();
        lock (gate)
        {
            switch (message)
            {
                case WorkerHere here when workers.TryGetValue(here.Worker, out var known):
                    workers[here.Worker] = known with { Last = here, LastAt = now };
                    break;
                case WorkerHere here:
                    workers[here.Worker] = (here, now, here, now);
                    break;
                case WorkerGone gone:
                    workers.Remove(gone.Worker);
                    break;
                case SessionHere here when !sessions.TryGetValue(here.Session.Run, out var known) || known.Here.Session.Epoch <= here.Session.Epoch:
                    sessions[here.Session.Run] = (here, now);
                    break;
            }
        }
    }

    public IReadOnlyList<SeenWorker> Workers()
    {
        lock (gate)
        {
            return [.. workers.Values
                .Where(worker => clock.GetElapsedTime(worker.LastAt) < Silence)
                .OrderBy(worker => worker.Last.Worker.Name, StringComparer.Ordinal)
                .Select(worker => Measure(worker.First, worker.Last, clock.GetElapsedTime(worker.FirstAt, worker.LastAt)))];
        }
    }

    public IReadOnlyList<SeenSession> Sessions()
    {
        lock (gate)
        {
            return [.. sessions.Values
                .Where(session => clock.GetElapsedTime(session.At) < Silence)
                .OrderBy(session => session.Here.Session.Run.Name, StringComparer.Ordinal)
                .Select(session => new SeenSession(session.Here.Session, session.Here.Report, ScalingAdvice.For(session.Here.Report)))];
        }
    }

    private static SeenWorker Measure(WorkerHere first, WorkerHere last, TimeSpan span)
    {
        if (span < ShortestSpan)
        {
            return new SeenWorker(last, null, null);
        }

        var busy = (last.Load.BusySeconds - first.Load.BusySeconds) / (span.TotalSeconds * Math.Max(1, last.Slots));
        return new SeenWorker(last, (last.Load.Evaluations - first.Load.Evaluations) / span.TotalSeconds, Math.Clamp(busy, 0, 1));
    }
}
