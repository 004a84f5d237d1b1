using System.Globalization;
using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Engines;

namespace Calibrate.Cluster.RabbitMq;

/// <summary>The actor around a <see cref="Fleet"/>: one inbox, one thread, a link to the broker, a timer.</summary>
internal sealed class FleetActor : ILinkReader, IAsyncDisposable
{
    private static readonly TimeSpan TimerPeriod = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    // Stands for nobody: a message that no worker can have sent.
    private static readonly WorkerId Nobody = new("broker");

    private readonly Fleet fleet;
    private readonly ModelFingerprint model;
    private readonly ICommandSink answers;
    private readonly BrokerLink link;
    private readonly TimeProvider clock;
    private readonly Action<string> log;
    private readonly Inbox<FleetInput> inbox = new();
    private readonly Lock gate = new();
    private readonly List<Work> undelivered = [];
    private readonly Thread thread;
    private readonly long start;
    private volatile EngineView view = EngineView.Unknown;
    private volatile bool isWatched;
    private volatile Task<QueueDepth?> depth = Task.FromResult<QueueDepth?>(null);
    private ITimer? timer;
    private bool isCancelled;
    private bool saidGarbled;

    public FleetActor(FleetSettings settings, ICommandSink answers, BrokerSettings broker, TimeProvider clock, Action<string> log)
    {
        var session = settings.Offer.Session;
        fleet = new Fleet(settings);
        model = settings.Offer.Model;
        this.answers = answers;
        this.clock = clock;
        this.log = log;
        start = clock.GetTimestamp();
        link = new BrokerLink(broker, new LinkPlan($"calibrate coordinator {session}", BrokerTopology.BindingsOf(session.Run)), this, clock, log);
        thread = new Thread(Work) { IsBackground = true, Name = "fleet" };
    }

    /// <summary>Connects and begins to work.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await link.OpenAsync(cancellationToken);
        thread.Start();
        timer = clock.CreateTimer(_ => inbox.Add(new FleetInput.Passed()), null, TimerPeriod, TimerPeriod);
    }

    /// <summary>What the workers did half a second ago at most. The depth of their queue is asked for when somebody asks, and told from the next time on.</summary>
    public EngineView Look(bool somebodyAsks)
    {
        isWatched |= somebodyAsks;
        return view;
    }

    public void Post(FleetInput input) => inbox.Add(input);

    public void OnConnected()
    {
        link.DeclareWork(model);
        inbox.Add(new FleetInput.Connected());
    }

    public void OnDisconnected() => inbox.Add(new FleetInput.Disconnected());

    public void OnGivenUp(BrokerException exception) => answers.Fault(exception);

    public void OnArrived(ClusterMessage message) => inbox.Add(new FleetInput.Arrived(message));

    // Nobody sends work to a coordinator, and it consumes no work queue.
    public void OnDelivered(long delivery, Work work, bool redelivered) => inbox.Add(new FleetInput.Garbled());

    public void OnGarbled(string problem)
    {
        if (!saidGarbled)
        {
            saidGarbled = true;
            log($"Threw a message away that makes no sense ({problem}); further ones are only counted (cluster status).");
        }

        inbox.Add(new FleetInput.Garbled());
    }

    public async ValueTask DisposeAsync()
    {
        if (timer is not null)
        {
            await timer.DisposeAsync();
            inbox.Add(new FleetInput.Wanted(new CancelWork()));
            inbox.Close();
            thread.Join();
            await Task.WhenAny(link.FlushAsync(), Task.Delay(Farewell, clock));
        }

        await link.DisposeAsync();
    }

    private void Work()
    {
        List<FleetInput> inputs = [];
        List<FleetOutput> outputs = [];
        try
        {
            while (inbox.TakeAll(ref inputs))
            {
                foreach (var input in inputs)
                {
                    Handle(input, outputs);
                }
            }
        }
        catch (Exception exception)
        {
            answers.Fault(exception);
        }
    }

    private void Handle(FleetInput input, List<FleetOutput> outputs)
    {
        if (input is FleetInput.Wanted { Effect: CancelWork })
        {
            if (isCancelled)
            {
                return; // the session did that already; this one is for sessions that broke
            }

            isCancelled = true;
        }
        else if (input is FleetInput.Passed)
        {
            GiveBackUndelivered(outputs);
            Publish();
        }

        Step(input, outputs);
    }

    private void Publish()
    {
        view = fleet.Look(depth.IsCompletedSuccessfully ? depth.Result?.Messages : null);
        if (isWatched && depth.IsCompleted)
        {
            isWatched = false;
            depth = link.MeasureAsync(model);
        }
    }

    private void Step(FleetInput input, List<FleetOutput> outputs)
    {
        outputs.Clear();
        fleet.Handle(input, clock.GetElapsedTime(start).TotalSeconds, outputs);
        foreach (var output in outputs)
        {
            switch (output)
            {
                case FleetOutput.Send { To: Destination.WorkQueue or Destination.OneWorker, Message: Work work } send:
                    link.Send(send.To, work, result => Settle(work, result));
                    break;
                case FleetOutput.Send send:
                    link.Send(send.To, send.Message);
                    break;
                case FleetOutput.Tell { Command: EvaluationsReturned returned }:
                    answers.Post(returned);
                    break;
                case FleetOutput.Tell tell:
                    Announce(tell.Command);
                    answers.PostUrgent(tell.Command);
                    break;
                default:
                    throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"unknown output {output}"));
            }
        }
    }

    private void Announce(RunCommand command)
    {
        var line = command switch
        {
            WorkerAdmitted admitted => $"Worker {admitted.Worker} joined ({admitted.Description}).",
            WorkerLost lost => $"Worker {lost.Worker} left ({lost.Reason}).",
            WorkerTurnedAway away => $"Worker {away.Worker} was refused: {away.Reason}",
            _ => null,
        };
        if (line is not null)
        {
            log(line);
        }
    }

    // A full queue, or none: tried again with the next tick of the timer rather than at once, so that nobody spins.
    private void Settle(Work work, SendResult result)
    {
        if (result is SendResult.Refused or SendResult.Unroutable)
        {
            lock (gate)
            {
                undelivered.Add(work);
            }
        }
    }

    private void GiveBackUndelivered(List<FleetOutput> outputs)
    {
        Work[] back;
        lock (gate)
        {
            back = [.. undelivered];
            undelivered.Clear();
        }

        if (back.Length > 0)
        {
            link.DeclareWork(model);
        }

        foreach (var work in back)
        {
            Step(new FleetInput.Arrived(ReturnOf(work)), outputs);
        }
    }

    private static WorkDone ReturnOf(Work work) => new(
        work.Session,
        work.Batch,
        Nobody,
        [.. work.Requests.Select(request => new SettledEvaluation(request.Id, new Lost("the broker did not take it")))],
        [.. work.Requests.Select(request => ParameterHash.Of(request.Parameters))],
        0,
        WorkReturn.Undelivered,
        work.Repeat);
}
