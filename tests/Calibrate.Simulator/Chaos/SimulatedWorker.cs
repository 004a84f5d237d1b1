using Calibrate.Inference;
using Calibrate.Problems.Likelihoods;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Slots;
using Calibrate.Simulator.Faults;
using Calibrate.Simulator.Messaging;
using Calibrate.Simulator.Time;
using Calibrate.Testing.Simulation;

namespace Calibrate.Simulator.Chaos;

/// <summary>A worker process: the real <see cref="WorkerAgent"/> with simulated slots, connection and death.</summary>
public sealed class SimulatedWorker : IBrokerClient
{
    private const double PassSeconds = 0.5;

    private readonly ChaosWorld world;
    private readonly WorkerAgent agent;
    private readonly ThreadSlot slot;
    private readonly SimulationRandom random;
    private readonly List<Action> frozen = [];
    private readonly int[] slotStarts;
    private double clockAhead;

    /// <summary>Starts a worker.</summary>
    public SimulatedWorker(ChaosWorld world, WorkerKind kind, int number, int start)
    {
        this.world = world;
        Kind = kind;
        Number = number;
        Id = new WorkerId($"host{number}.{start}");
        random = new SimulationRandom(world.Scenario.Seed, stream: 1000 + (uint)(100 * number) + (uint)start);
        slot = new ThreadSlot(world.Problem.Problem.Likelihood.Create());
        slotStarts = new int[world.Scenario.Slots];
        agent = new WorkerAgent(new WorkerSettings(
            Id, $"host{number}", 1000 + start, world.Scenario.Slots, kind == WorkerKind.ThreadSlots ? "thread" : "process",
            kind == WorkerKind.OtherPlatform ? TestIdentity.Platform with { CLibrary = "other" } : TestIdentity.Platform,
            kind == WorkerKind.OtherBuild ? "other" : ChaosWorld.Build));
        world.Broker.Open(this, [SimulatedBroker.NameOf(new Destination.OneWorker(Id)), SimulatedBroker.NameOf(new Destination.AllWorkers())]);
        Pass();
    }

    /// <summary>What it is like.</summary>
    public WorkerKind Kind { get; }

    /// <summary>Number of the machine.</summary>
    public int Number { get; }

    /// <summary>Its name.</summary>
    public WorkerId Id { get; }

    /// <inheritdoc/>
    public string Name => $"worker {Id}";

    /// <summary>Whether it is dead, or ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether it does nothing at present.</summary>
    public bool IsFrozen { get; private set; }

    private double Now => world.Time.Now + clockAhead;

    /// <inheritdoc/>
    public void Connected() => Handle(new WorkerInput.Connected());

    /// <inheritdoc/>
    public void Disconnected() => Handle(new WorkerInput.Disconnected());

    /// <inheritdoc/>
    public void Arrived(byte[] body)
    {
        if (ClusterCodec.TryDecode(body, out var message, out _))
        {
            Handle(new WorkerInput.Arrived(message));
        }
    }

    /// <inheritdoc/>
    public void Delivered(long delivery, byte[] body, bool redelivered)
    {
        if (ClusterCodec.TryDecode(body, out var message, out _) && message is Work work)
        {
            Handle(new WorkerInput.Delivered(delivery, work, redelivered));
        }
        else
        {
            WhenAwake(() => world.Broker.Acknowledge(this, delivery));
        }
    }

    /// <inheritdoc/>
    public void Confirmed(long confirm) => Handle(new WorkerInput.Confirmed(confirm));

    /// <summary>Asks it to end.</summary>
    public void Stop() => Handle(new WorkerInput.Stopping());

    /// <summary>Kills it.</summary>
    /// <param name="silently">Whether the broker has to find out by itself.</param>
    public void Kill(bool silently)
    {
        if (!IsOver)
        {
            IsOver = true;
            world.Broker.Close(this, silently);
            world.WorkerEnded(this);
        }
    }

    /// <summary>Lets it do nothing for a while.</summary>
    public void Freeze(double seconds)
    {
        if (IsFrozen || IsOver)
        {
            return;
        }

        IsFrozen = true;
        world.Broker.Partition(this, seconds);
        world.Time.After(seconds, () =>
        {
            IsFrozen = false;
            var waiting = frozen.ToList();
            frozen.Clear();
            waiting.ForEach(happening => WhenAwake(happening));
        });
    }

    /// <summary>Lets its clock jump ahead.</summary>
    public void JumpClock(double seconds) => clockAhead += seconds;

    private void Pass()
    {
        if (!IsOver)
        {
            Handle(new WorkerInput.Passed());
            world.Time.After(PassSeconds, Pass);
        }
    }

    private void WhenAwake(Action happening)
    {
        if (IsFrozen)
        {
            frozen.Add(happening);
        }
        else if (!IsOver)
        {
            happening();
        }
    }

    private void Handle(WorkerInput input) => WhenAwake(() =>
    {
        world.Trace?.Invoke($"{Name} <- {Describe(input)}");
        List<WorkerOutput> outputs = [];
        agent.Handle(input, Now, outputs);
        foreach (var output in outputs)
        {
            Perform(output);
        }
    });

    private void Perform(WorkerOutput output)
    {
        switch (output)
        {
            case WorkerOutput.Send send:
                world.Broker.Publish(this, send.To, ClusterCodec.Encode(send.Message), send.Confirm);
                break;
            case WorkerOutput.Prepare prepare:
                world.Time.After(random.Between(0.01, 0.3), () => Prepared(prepare.Offer));
                break;
            case WorkerOutput.Consume consume:
                world.Broker.Consume(this, SimulatedBroker.NameOf(new Destination.WorkQueue(consume.Model)), consume.Prefetch);
                break;
            case WorkerOutput.Cease cease:
                world.Broker.Cease(this, SimulatedBroker.NameOf(new Destination.WorkQueue(cease.Model)));
                break;
            case WorkerOutput.Evaluate evaluate:
                Evaluate(evaluate);
                break;
            case WorkerOutput.Acknowledge acknowledge:
                world.Broker.Acknowledge(this, acknowledge.Delivery);
                break;
            case WorkerOutput.Stopped:
                Kill(silently: false);
                break;
            case WorkerOutput.Release:
                break;
            default:
                throw new InvalidOperationException($"A simulated worker does not know {output.GetType().Name}.");
        }
    }

    private void Prepared(Offer offer)
    {
        if (Kind == WorkerKind.CannotBuild)
        {
            Handle(new WorkerInput.Prepared(offer.Session, null, [], 0, "its Python is too old"));
            return;
        }

        List<EvaluationRequest> requests = [.. offer.Canaries.Select((vector, index) => new EvaluationRequest(new EvaluationId(0, 0, index, 0), vector))];
        var outcomes = slot.Evaluate(requests).Select(settled => Kind == WorkerKind.WrongData ? Falsify(settled.Outcome) : settled.Outcome).ToList();
        world.Watch.CanariesTellNothing |= Kind == WorkerKind.WrongData && !outcomes.Exists(outcome => outcome is Evaluated);
        Handle(new WorkerInput.Prepared(offer.Session, offer.Model, outcomes, world.Scenario.Median, ""));
    }

    // What kills does so at the end of its time: what stands before it in the batch is done, what stands behind is not reached.
    private void Evaluate(WorkerOutput.Evaluate work)
    {
        var seconds = work.Requests.Sum(_ => world.Scenario.Sigma > 0 ? random.LogNormal(world.Scenario.Median, world.Scenario.Sigma) : world.Scenario.Median);
        var outcomes = slot.Evaluate(work.Requests).ToList();
        var fatal = work.Requests.ToList().FindIndex(request => world.Problem.IsPoisonous(request.Parameters));
        if (fatal < 0 && world.HasFaults && random.Chance(world.Scenario.SlotDeath))
        {
            fatal = random.Below(outcomes.Count);
        }

        world.Time.After(seconds, () => WhenAwake(() =>
        {
            if (fatal >= 0)
            {
                var death = $"{Id} slot {work.Slot} start {++slotStarts[work.Slot]}";
                world.Watch.Died(work.Requests, death);
                if (Kind == WorkerKind.ThreadSlots)
                {
                    world.Log($"{Name} dies of what it evaluates");
                    Kill(silently: false);
                    return;
                }

                for (var i = fatal; i < outcomes.Count; i++)
                {
                    outcomes[i] = outcomes[i] with { Outcome = i == fatal ? new Lost("the process died") { Death = death } : new Lost("not reached") };
                }
            }

            if (world.Mutation == ChaosMutation.MixUpOutcomes)
            {
                outcomes = [.. outcomes.Select((settled, i) => settled with { Outcome = outcomes[(i + 1) % outcomes.Count].Outcome })];
            }

            Handle(new WorkerInput.Evaluated(work.Slot, Compute(outcomes), seconds));
        }));
    }

    private List<SettledEvaluation> Compute(List<SettledEvaluation> outcomes) => Kind switch
    {
        WorkerKind.Liar => [.. outcomes.Select(settled => random.Chance(0.3) ? settled with { Outcome = Falsify(settled.Outcome) } : settled)],
        WorkerKind.WrongData or WorkerKind.OtherPlatform or WorkerKind.OtherBuild =>
            [.. outcomes.Select(settled => settled with { Outcome = Falsify(settled.Outcome) })],
        _ => outcomes,
    };

    private static EvaluationOutcome Falsify(EvaluationOutcome outcome) => outcome is Evaluated value
        ? value with { LogLikelihood = Math.BitDecrement(value.LogLikelihood) }
        : outcome;

    private static string Describe(WorkerInput input) => input switch
    {
        WorkerInput.Arrived arrived => MessageText.Of(arrived.Message),
        WorkerInput.Delivered delivered => $"delivery {delivered.Delivery}{(delivered.Redelivered ? " (redelivered)" : "")}: {MessageText.Of(delivered.Work)}",
        WorkerInput.Evaluated evaluated => $"slot {evaluated.Slot} finished {evaluated.Outcomes.Count}",
        WorkerInput.Confirmed confirmed => $"confirmed {confirmed.Confirm}",
        _ => input.GetType().Name,
    };
}
