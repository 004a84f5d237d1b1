using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;

namespace Calibrate.Runtime.Cluster;

/// <summary>
/// The coordinator's side of a cluster: finds workers, admits them, hands work out, takes answers in, and tells the run's coordinator. Without
/// clock, thread or I/O: an engine is a thin shell around it that carries its outputs out and brings inputs in.
/// </summary>
/// <remarks>
/// Any message may be lost, late, doubled or out of order. Nothing here is journaled: a fleet that is lost with its process is replaced by the next
/// session's, and workers send it what the old one did not take. Not safe for use by several threads.
/// </remarks>
public sealed class Fleet
{
    private readonly FleetSettings settings;
    private readonly FleetOutbox outbox = new();
    private readonly EvaluationTime evaluationTime = new();
    private readonly Membership membership;
    private readonly AnswerDesk desk;
    private readonly SessionReporter reporter;
    private bool wasConnected;
    private bool isOver;
    private long garbage;

    /// <summary>Begins a session.</summary>
    /// <param name="settings">What it is for.</param>
    public Fleet(FleetSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.settings = settings;
        membership = new Membership(settings, evaluationTime, outbox);
        desk = new AnswerDesk(settings, membership, evaluationTime, outbox);
        reporter = new SessionReporter(settings);
    }

    /// <summary>Slots of the admitted workers that are here.</summary>
    public int Slots => membership.Slots;

    /// <summary>Messages that were thrown away because they made no sense.</summary>
    public long Garbage => garbage + desk.Garbage;

    /// <summary>What the workers of this session do, as far as they said.</summary>
    /// <param name="queuedBatches">Batches that wait on the transport; null when that is not known.</param>
    public EngineView Look(long? queuedBatches) => new(
        [.. membership.Working.OrderBy(member => member.Worker.Name, StringComparer.Ordinal).Select(NodeOf)], queuedBatches, desk.Compared);

    /// <summary>Takes in what happened.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="now">The time in seconds, from any start; it never runs backwards.</param>
    /// <param name="outputs">Receives what is to be done now, in order.</param>
    public void Handle(FleetInput input, double now, List<FleetOutput> outputs)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputs);
        outbox.Into(outputs);
        switch (input)
        {
            case FleetInput.Wanted wanted:
                Perform(wanted.Effect, now);
                break;
            case FleetInput.Arrived arrived:
                Take(arrived.Message, now);
                break;
            case FleetInput.Garbled:
                garbage++;
                break;
            case FleetInput.Connected:
                Connect(now);
                break;
            case FleetInput.Disconnected:
                outbox.Connected = false;
                membership.Disconnected();
                break;
            case FleetInput.Progressed progressed:
                reporter.Progressed(progressed.Progress, now);
                desk.SettledThrough = progressed.Progress.Iteration;
                break;
            case FleetInput.Passed:
                Pass(now);
                break;
            default:
                throw new ArgumentException($"A fleet does not know the input {input.GetType().Name}.", nameof(input));
        }
    }

    private static NodeView NodeOf(Member member) => new(
        member.Worker.Name,
        member.Host,
        member.Process,
        member.Isolation,
        member.Slots,
        member.Load is { } load ? new SlotLoad(load.Busy, load.Evaluations, load.BusySeconds) : default,
        EachSlot: []);

    private void Perform(RunEffect effect, double now)
    {
        switch (effect)
        {
            case DispatchBatch batch:
                desk.Dispatch(batch);
                break;
            case AnswersJournaled journaled:
                desk.Journaled(journaled.Batches);
                if (isOver)
                {
                    desk.GiveReceipts();
                }

                break;
            case CancelWork:
                isOver = true;
                reporter.IsOver = true;
                desk.Clear();
                desk.GiveReceipts();
                outbox.Send(new Destination.AllWorkers(), new SessionOver(settings.Offer.Session));
                Report(now);
                outbox.Tell(new EngineQuiet());
                break;
            default:
                throw new ArgumentException($"A fleet cannot perform the effect {effect.GetType().Name}.", nameof(effect));
        }
    }

    private void Take(ClusterMessage message, double now)
    {
        switch (message)
        {
            case WorkerHere here when !isOver:
                garbage += membership.Heard(here, now) ? 0 : 1;
                break;
            case WorkerGone gone:
                membership.Gone(gone.Worker);
                break;
            case Proof proof when !isOver && proof.Session == settings.Offer.Session:
                garbage += membership.Proved(proof, now) ? 0 : 1;
                break;
            case WorkDone done:
                membership.Heard(done.Worker, now);
                desk.Take(done, now);
                break;
            case WorkBegun begun:
                desk.Begun(begun);
                break;
            case RollCall:
                Report(now);
                break;
            case WorkerHere or Proof or SessionHere:
                break; // meant for others, or for a session that is over
            default:
                garbage++;
                break;
        }
    }

    // What was out before the transport broke down may never come back; it is asked for again.
    private void Connect(double now)
    {
        outbox.Connected = true;
        if (isOver)
        {
            outbox.Send(new Destination.AllWorkers(), new SessionOver(settings.Offer.Session));
            return;
        }

        membership.OfferToAll();
        desk.Clear();
        if (wasConnected)
        {
            outbox.Tell(new WorkLost());
        }

        wasConnected = true;
        membership.Connected(now);
    }

    private void Pass(double now)
    {
        if (!outbox.Connected)
        {
            return;
        }

        membership.Passed(now);
        desk.Passed(now);
        if (reporter.IsDue(now))
        {
            Report(now);
        }
    }

    private void Report(double now) => outbox.Send(
        new Destination.Watchers(), reporter.Report(membership, evaluationTime.Seconds, desk.Compared, Garbage, now));
}
