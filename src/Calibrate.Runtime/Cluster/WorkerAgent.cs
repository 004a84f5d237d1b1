namespace Calibrate.Runtime.Cluster;

/// <summary>
/// The worker's side of a cluster: shows that it is here, proves itself for what runs offer, takes work, answers, and answers again until the
/// coordinator has it. Without clock, thread or I/O: a worker process is a thin shell around it, with a transport and slots.
/// </summary>
/// <remarks>
/// Any message may be lost, late, doubled or out of order. A delivery is acknowledged only when the transport has its answer, so that work is
/// never lost between two hands. Not safe for use by several threads.
/// </remarks>
public sealed class WorkerAgent
{
    /// <summary>Time between two heartbeats.</summary>
    public const double HeartbeatSeconds = 2;

    /// <summary>A stopping worker waits this long for the transport to confirm its last answers.</summary>
    public const double FarewellSeconds = 10;

    private readonly WorkerSettings settings;
    private readonly WorkerOutbox outbox = new();
    private readonly WorkerSeats seats;
    private readonly SlotBoard board;
    private readonly KeptAnswers answers;
    private readonly WarmModels models;
    private double heartbeatDue = double.NegativeInfinity;
    private double? idleSince;
    private bool isStopping;
    private bool isStopped;

    /// <summary>Begins a worker.</summary>
    /// <param name="settings">What it says of its process.</param>
    /// <exception cref="ArgumentException">It has no slots.</exception>
    public WorkerAgent(WorkerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Slots is < 1 or > Admission.MostSlots)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"A worker has 1 to {Admission.MostSlots} slots, not {settings.Slots}."), nameof(settings));
        }

        this.settings = settings;
        seats = new WorkerSeats(settings, outbox);
        board = new SlotBoard(settings, outbox);
        answers = new KeptAnswers(outbox);
        models = new WarmModels(settings.Slots, outbox);
    }

    /// <summary>Answers that the coordinator has not received yet.</summary>
    public int Unreceived => answers.Count;

    /// <summary>Takes in what happened.</summary>
    /// <param name="input">What happened.</param>
    /// <param name="now">The time in seconds, from any start; it never runs backwards.</param>
    /// <param name="outputs">Receives what is to be done now, in order.</param>
    public void Handle(WorkerInput input, double now, List<WorkerOutput> outputs)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(outputs);
        if (isStopped)
        {
            return;
        }

        outbox.Into(outputs);
        switch (input)
        {
            case WorkerInput.Arrived arrived:
                Take(arrived.Message, now);
                break;
            case WorkerInput.Delivered delivered:
                if (outbox.Connected)
                {
                    Take(delivered, now);
                }

                break;
            case WorkerInput.Confirmed confirmed:
                board.Confirmed(confirmed.Confirm);
                answers.Confirmed(confirmed.Confirm);
                break;
            case WorkerInput.Prepared prepared:
                if (!isStopping)
                {
                    models.Add(prepared, now);
                    seats.Take(prepared, now);
                }

                break;
            case WorkerInput.Evaluated evaluated:
                if (board.Finish(evaluated, now) is { } finished)
                {
                    answers.Answer(finished.Done, finished.Delivery, now);
                }

                break;
            case WorkerInput.Connected:
                Connect(now);
                break;
            case WorkerInput.Disconnected:
                outbox.Connected = false;
                board.Disconnected();
                answers.Disconnected();
                break;
            case WorkerInput.Stopping:
                isStopping = true;
                Return(board.TakeBack(_ => true, now), WorkReturn.Stopping, now);
                break;
            case WorkerInput.Passed:
                Pass(now);
                break;
            default:
                throw new ArgumentException($"A worker does not know the input {input.GetType().Name}.", nameof(input));
        }

        if (input is not (WorkerInput.Delivered or WorkerInput.Evaluated or WorkerInput.Confirmed))
        {
            models.Settle(seats, board, isStopping, now);
        }

        StopIfDone(now);
    }

    private void Take(ClusterMessage message, double now)
    {
        switch (message)
        {
            case Offer offer when !isStopping:
                if (seats.Take(offer, now))
                {
                    Drop(session => session.Run == offer.Session.Run && session != offer.Session, now);
                    answers.SendAgain(offer.Session.Run, now);
                }

                break;
            case Admitted admitted:
                seats.Take(admitted, now);
                break;
            case Refused refused:
                if (seats.Take(refused))
                {
                    Drop(session => session == refused.Session, now);
                }

                break;
            case Work { Repeat: true } work when !isStopping && IsAdmitted(work):
                board.Add(work, delivery: null, now);
                break;
            case WorkReceived received when received.Worker == settings.Worker:
                seats.Heard(received.Session, now);
                foreach (var (session, batch) in received.Batches)
                {
                    answers.Received(session, batch);
                }

                break;
            case SessionOver over:
                if (seats.Take(over))
                {
                    Drop(session => session == over.Session, now);
                }

                break;
            case RollCall:
                SayHere(now);
                break;
        }
    }

    // Work that was delivered before to somebody who vanished is never evaluated here: it may be why. Its coordinator decides.
    private void Take(WorkerInput.Delivered delivered, double now)
    {
        var work = delivered.Work;
        var seat = seats.Of(work.Session.Run);
        if (answers.AnswerAgain(work.Session, work.Batch, delivered.Delivery, now) || board.AddAgain(work.Session, work.Batch, delivered.Delivery))
        {
            return;
        }

        if (!IsSound(work, seat) || (seat is not null && IsOver(work.Session, seat)))
        {
            outbox.Acknowledge(delivered.Delivery);
            return;
        }

        seats.Heard(work.Session, now);
        if (delivered.Redelivered)
        {
            Return([(work, delivered.Delivery)], WorkReturn.Redelivered, now);
        }
        else if (isStopping)
        {
            Return([(work, delivered.Delivery)], WorkReturn.Stopping, now);
        }
        else if (!IsAdmitted(work) || !board.HasRoom)
        {
            Return([(work, delivered.Delivery)], WorkReturn.NotAdmitted, now);
        }
        else
        {
            board.Add(work, delivered.Delivery, now);
        }
    }

    private bool IsAdmitted(Work work) =>
        seats.Of(work.Session.Run) is { State: SeatState.Admitted } seat && seat.Session == work.Session && seat.Model == work.Model && IsSound(work, seat);

    private static bool IsSound(Work work, Seat? seat) =>
        work.Requests.Count > 0 && (seat?.Dimension is not { } dimension || work.Requests.All(request => request.Parameters.Length == dimension));

    private static bool IsOver(SessionId session, Seat seat) =>
        session.Epoch < seat.Session.Epoch || (session == seat.Session && seat.State == SeatState.Over);

    private void Drop(Func<SessionId, bool> session, double now)
    {
        foreach (var (_, delivery) in board.TakeBack(session, now))
        {
            outbox.Acknowledge(delivery);
        }
    }

    private void Return(IReadOnlyList<(Work Work, long? Delivery)> taken, WorkReturn why, double now)
    {
        foreach (var (work, delivery) in taken.Where(taken => !taken.Work.Repeat))
        {
            answers.Answer(board.Unevaluated(work, why), delivery, now);
        }
    }

    private void Connect(double now)
    {
        outbox.Connected = true;
        board.Disconnected(); // in case nobody said that the last transport was gone
        answers.Disconnected();
        SayHere(now);
        models.Connected();
        seats.Connected(now);
        answers.SendAgain(run: null, now);
    }

    private void Pass(double now)
    {
        seats.Passed(board.Serves, now);
        board.Passed(now);
        if (outbox.Connected)
        {
            answers.Passed(now);
            if (now >= heartbeatDue)
            {
                SayHere(now);
            }
        }
    }

    private void SayHere(double now)
    {
        heartbeatDue = now + HeartbeatSeconds;
        outbox.Send(new Destination.Watchers(), new WorkerHere(
            settings.Worker,
            settings.Host,
            settings.Process,
            settings.Slots,
            settings.Isolation,
            settings.Platform,
            settings.Build,
            board.Load,
            seats.Sessions));
    }

    private void StopIfDone(double now)
    {
        if (!isStopping || !board.IsIdle)
        {
            return;
        }

        idleSince ??= now;
        if ((outbox.Connected && answers.AllConfirmed) || now - idleSince >= FarewellSeconds)
        {
            outbox.Send(new Destination.Watchers(), new WorkerGone(settings.Worker));
            outbox.Do(new WorkerOutput.Stopped());
            isStopped = true;
        }
    }
}
