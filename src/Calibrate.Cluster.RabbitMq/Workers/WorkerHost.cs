using System.Globalization;
using System.Runtime.ExceptionServices;
using Calibrate.Cluster.RabbitMq.Links;
using Calibrate.Problems.Models;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;

namespace Calibrate.Cluster.RabbitMq.Workers;

/// <summary>
/// A worker process: takes work of any number of runs from a broker and evaluates it on its slots until it is told to stop. A shell around a
/// <see cref="WorkerAgent"/>: one inbox, one thread, a link to the broker, a timer, a thread per slot and one to get models ready.
/// </summary>
public sealed class WorkerHost : ILinkReader
{
    private static readonly TimeSpan TimerPeriod = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly BrokerSettings broker;
    private readonly WorkerOptions options;
    private readonly TimeProvider clock;
    private readonly Action<string> log;
    private readonly Workshop workshop;
    private readonly Inbox<WorkerInput> inbox = new();
    private readonly Inbox<Offer> offers = new();
    private readonly CancellationTokenSource abandon = new();
    private readonly long start;
    private Exception? broken;
    private long garbled;

    /// <summary>Creates the worker; nothing is connected or started yet.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="options">What it gives.</param>
    /// <param name="models">The models that problems can name.</param>
    /// <param name="clock">Measures time.</param>
    /// <param name="log">Takes lines for the operator.</param>
    public WorkerHost(BrokerSettings broker, WorkerOptions options, IModelCatalog models, TimeProvider clock, Action<string> log)
    {
        ArgumentNullException.ThrowIfNull(broker);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Slots, 1);
        this.broker = broker;
        this.options = options;
        this.clock = clock;
        this.log = log;
        workshop = new Workshop(options, models, clock);
        start = clock.GetTimestamp();
        Worker = WorkerName.Of(Environment.MachineName, Environment.ProcessId, clock.GetUtcNow());
    }

    /// <summary>The worker's name: host, process and start.</summary>
    public WorkerId Worker { get; }

    /// <summary>Works until it is told to stop: then finishes what it is evaluating, gives the rest back, and returns.</summary>
    /// <param name="stop">Tells it to stop.</param>
    /// <exception cref="BrokerException">The broker cannot be reached or refuses this client, now or for too long later.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        await using var link = new BrokerLink(
            broker, new LinkPlan($"calibrate worker {Worker}", BrokerTopology.BindingsOf(Worker)), this, clock, log);
        await link.OpenAsync(stop);
        log(string.Create(
            CultureInfo.InvariantCulture,
            $"Worker {Worker}: {options.Slots} slots ({NameOf(options.Isolation)}), broker {broker.Address}. Ctrl-C finishes what is being evaluated and stops."));
        var slots = Enumerable.Range(0, options.Slots)
            .Select(number => new SlotThread(number, workshop, clock, inbox.Add, log, abandon.Token))
            .ToArray();
        var preparing = StartThread("prepare", Prepare);
        var agent = StartThread("worker", () => Work(link, slots));
        await using var stopping = stop.Register(() => inbox.Add(new WorkerInput.Stopping()));
        await using (clock.CreateTimer(_ => inbox.Add(new WorkerInput.Passed()), null, TimerPeriod, TimerPeriod))
        {
            await Task.Factory.StartNew(agent.Join, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        await Task.WhenAny(link.FlushAsync(), Task.Delay(Farewell, clock, CancellationToken.None));
        Clear(slots, preparing);
        if (broken is not null)
        {
            ExceptionDispatchInfo.Throw(broken);
        }
    }

    void ILinkReader.OnConnected() => inbox.Add(new WorkerInput.Connected());

    void ILinkReader.OnDisconnected() => inbox.Add(new WorkerInput.Disconnected());

    void ILinkReader.OnGivenUp(BrokerException exception)
    {
        broken = exception;
        inbox.Close();
    }

    void ILinkReader.OnArrived(ClusterMessage message)
    {
        switch (message)
        {
            case Refused refused when refused.Worker == Worker:
                log($"Refused by run '{refused.Session.Run}': {refused.Reason}");
                break;
            case Admitted admitted when admitted.Worker == Worker:
                log($"Admitted to run '{admitted.Session.Run}'.");
                break;
        }

        inbox.Add(new WorkerInput.Arrived(message));
    }

    void ILinkReader.OnDelivered(long delivery, Work work, bool redelivered) => inbox.Add(new WorkerInput.Delivered(delivery, work, redelivered));

    void ILinkReader.OnGarbled(string problem)
    {
        if (Interlocked.Increment(ref garbled) == 1)
        {
            log($"Threw a message away that makes no sense ({problem}); further ones are thrown away without a word.");
        }
    }

    private static string NameOf(SlotIsolation isolation) => isolation == SlotIsolation.Process ? "process" : "thread";

    private static Thread StartThread(string name, Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true, Name = name };
        thread.Start();
        return thread;
    }

    private void Work(BrokerLink link, SlotThread[] slots)
    {
        try
        {
            Drive(link, slots);
        }
        catch (Exception exception)
        {
            broken = exception; // a defect: told by whoever waits for this thread
        }
    }

    private void Drive(BrokerLink link, SlotThread[] slots)
    {
        var agent = new WorkerAgent(new WorkerSettings(
            Worker, Environment.MachineName, Environment.ProcessId, options.Slots, NameOf(options.Isolation), HostPlatform.Current, workshop.Build));
        List<WorkerInput> inputs = [];
        List<WorkerOutput> outputs = [];
        while (inbox.TakeAll(ref inputs))
        {
            foreach (var input in inputs)
            {
                outputs.Clear();
                agent.Handle(input, clock.GetElapsedTime(start).TotalSeconds, outputs);
                foreach (var output in outputs)
                {
                    if (output is WorkerOutput.Stopped)
                    {
                        return;
                    }

                    Perform(output, link, slots);
                }
            }
        }
    }

    private void Perform(WorkerOutput output, BrokerLink link, SlotThread[] slots)
    {
        switch (output)
        {
            case WorkerOutput.Send { Confirm: 0 } send:
                link.Send(send.To, send.Message);
                break;
            case WorkerOutput.Send { Message: WorkDone done } send:
                Answer(link, send.To, done, result => Settle(link, send.Confirm, result));
                break;
            case WorkerOutput.Send send:
                link.Send(send.To, send.Message, result => Settle(link, send.Confirm, result));
                break;
            case WorkerOutput.Prepare prepare:
                offers.Add(prepare.Offer);
                break;
            case WorkerOutput.Consume consume:
                link.Consume(consume.Model, consume.Prefetch);
                break;
            case WorkerOutput.Cease cease:
                link.Cease(cease.Model);
                break;
            case WorkerOutput.Evaluate evaluate:
                slots[evaluate.Slot].Evaluate(evaluate.Model, evaluate.Requests);
                break;
            case WorkerOutput.Release release:
                Release(release.Model, slots);
                break;
            case WorkerOutput.Acknowledge acknowledge:
                link.Acknowledge(acknowledge.Delivery);
                break;
            default:
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"unknown output {output}"));
        }
    }

    // What is too large for one message goes in two; the coordinator takes the second half as a late answer.
    private static void Answer(BrokerLink link, Destination to, WorkDone done, Action<SendResult>? settled)
    {
        try
        {
            link.Send(to, done, settled);
        }
        catch (RunException) when (done.Outcomes.Count > 1)
        {
            var half = done.Outcomes.Count / 2;
            Answer(link, to, done with { Outcomes = [.. done.Outcomes.Take(half)], ParameterHashes = [.. done.ParameterHashes.Take(half)] }, null);
            Answer(link, to, done with { Outcomes = [.. done.Outcomes.Skip(half)], ParameterHashes = [.. done.ParameterHashes.Skip(half)] }, settled);
        }
    }

    // An answer that nobody has a queue for is safe here: it is kept, and sent again when a coordinator shows up.
    private void Settle(BrokerLink link, long confirm, SendResult result)
    {
        if (result is SendResult.Taken or SendResult.Unroutable)
        {
            inbox.Add(new WorkerInput.Confirmed(confirm));
        }
        else if (result == SendResult.Refused)
        {
            link.Break("the broker refused an answer");
        }
    }

    private void Release(ModelFingerprint model, SlotThread[] slots)
    {
        Array.ForEach(slots, slot => slot.Release(model));
        foreach (var spare in workshop.Forget(model))
        {
            spare.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private void Prepare()
    {
        List<Offer> waiting = [];
        while (offers.TakeAll(ref waiting))
        {
            foreach (var offer in waiting)
            {
                var prepared = workshop.Prepare(offer, abandon.Token);
                log(prepared.Refusal.Length > 0
                    ? $"Cannot evaluate for run '{offer.Session.Run}': {prepared.Refusal}"
                    : string.Create(CultureInfo.InvariantCulture, $"Ready for run '{offer.Session.Run}': {prepared.Canaries.Count} canaries, {prepared.SecondsPerEvaluation * 1000:G3} ms per evaluation."));
                inbox.Add(prepared);
            }
        }
    }

    private void Clear(SlotThread[] slots, Thread preparing)
    {
        abandon.Cancel();
        offers.Close();
        Array.ForEach(slots, slot => slot.Stop());
        preparing.Join(Farewell);
        Array.ForEach(slots, slot => slot.Join(Farewell));
        foreach (var spare in workshop.ForgetAll())
        {
            spare.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
