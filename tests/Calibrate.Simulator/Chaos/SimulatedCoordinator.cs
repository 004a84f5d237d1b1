using Calibrate.Inference;
using Calibrate.Problems;
using Calibrate.Problems.Files;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Cluster.Wire;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;
using Calibrate.Simulator.Faults;
using Calibrate.Simulator.Messaging;
using Calibrate.Testing.Simulation;

namespace Calibrate.Simulator.Chaos;

/// <summary>
/// A process that drives the run: the real <see cref="JournaledCoordinator"/> and <see cref="Fleet"/>, with a simulated mailbox, connection and
/// death. One session, from acquiring the journal to its end.
/// </summary>
public sealed class SimulatedCoordinator : IBrokerClient
{
    private const double TickSeconds = 0.2;
    private const double PassSeconds = 0.5;

    private readonly ChaosWorld world;
    private readonly IJournalWriter writer;
    private readonly JournaledCoordinator coordinator;
    private readonly Fleet fleet;
    private readonly List<Action> frozen = [];
    private readonly double startedAt;
    private readonly double secondsBefore;
    private readonly HashSet<EvaluationId> settledBefore;
    private List<RunCommand> mailbox;
    private double clockAhead;
    private bool isBusy;
    private bool hasBegun;

    private SimulatedCoordinator(ChaosWorld world, IJournalWriter writer, RunState? state, HashSet<EvaluationId> settledBefore)
    {
        this.world = world;
        this.writer = writer;
        this.settledBefore = settledBefore;
        startedAt = world.Time.Now;
        secondsBefore = state?.Seconds ?? 0;
        hasBegun = state is not null;
        var rules = new VerdictRules { Policy = world.Scenario.RejectsVerdicts ? VerdictPolicy.Reject : VerdictPolicy.Pause };
        coordinator = new JournaledCoordinator(world.Problem.Method, state, writer, rules);
        var folds = new FoldCheck(world.Problem.Method, state, world.Scenario.ChecksFolds, new Random((int)(world.Scenario.Seed + (ulong)writer.Epoch)));
        coordinator.Evolved = (@event, live) =>
        {
            folds.Check(@event, live);
            world.Watch.Evolved(@event);
        };
        var offer = new Offer(
            Session, ChaosWorld.Model, new ProblemBundle(new ProblemSource("chaos.yaml", "", []), new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal)),
            TestIdentity.Platform, ChaosWorld.Build, world.Problem.Canaries, new SlotLimits(null, null));
        fleet = new Fleet(new FleetSettings(offer, state?.CanaryReference ?? [], "chaos", world.Scenario.Iterations, RecordedCount: 0));
        mailbox =
        [
            state is null
                ? new StartRun(TestIdentity.Of(ChaosWorld.Run, world.Problem.Method), new StopRule(world.Scenario.Iterations), TestIdentity.Platform, "simulated")
                : new ResumeRun(TestIdentity.Platform, false, "simulated", "test"),
            new EngineReady(world.Scenario.Mode, Slots: 0, SecondsPerEvaluation: 0),
        ];
    }

    /// <summary>Its session.</summary>
    public SessionId Session => new(ChaosWorld.Run, writer.Epoch);

    /// <inheritdoc/>
    public string Name => $"coordinator {Session}";

    /// <summary>Whether it is dead, or ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether it does nothing at present.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>The run as it sees it; null before it began.</summary>
    public RunState? State => hasBegun ? coordinator.State : null;

    private double Now => secondsBefore + (world.Time.Now - startedAt) + clockAhead;

    /// <summary>Acquires the run, folds its journal, and begins to drive it.</summary>
    public static SimulatedCoordinator Start(ChaosWorld world, bool takeover)
    {
        ArgumentNullException.ThrowIfNull(world);
        var options = new AcquireOptions { Owner = $"a process at {world.Time.Now:0.0} s", CreateIfMissing = true, Takeover = takeover };
        var acquired = world.Journal.AcquireAsync(ChaosWorld.Run, options).GetAwaiter().GetResult();
        var state = RunRecovery.FoldAsync(world.ReadersJournal, ChaosWorld.Run, world.Problem.Method).GetAwaiter().GetResult();
        var started = new SimulatedCoordinator(world, acquired, state, world.Watch.Settled());
        world.Log($"{started.Name} starts at event {acquired.LastSequence}");
        world.Broker.Open(
            started, [SimulatedBroker.NameOf(new Destination.Coordinator(ChaosWorld.Run)), SimulatedBroker.NameOf(new Destination.Watchers())]);
        started.Tick();
        started.Pass();
        started.Work();
        return started;
    }

    /// <inheritdoc/>
    public void Connected() => Handle(new FleetInput.Connected());

    /// <inheritdoc/>
    public void Disconnected() => Handle(new FleetInput.Disconnected());

    /// <inheritdoc/>
    public void Arrived(byte[] body)
    {
        if (ClusterCodec.TryDecode(body, out var message, out _))
        {
            world.Watch.Arrived(Session, message);
            Handle(new FleetInput.Arrived(message));
        }
        else
        {
            Handle(new FleetInput.Garbled());
        }
    }

    /// <inheritdoc/>
    public void Delivered(long delivery, byte[] body, bool redelivered) =>
        throw new InvalidOperationException("A coordinator takes no work.");

    /// <inheritdoc/>
    public void Confirmed(long confirm)
    {
    }

    /// <summary>Somebody wants the run to pause.</summary>
    public void Pause() => WhenAwake(() => Post(new PauseRun(ChaosWorld.PausedByUser)));

    /// <summary>Kills it: its locks are free, everything it knew is gone.</summary>
    /// <param name="silently">Whether the broker has to find out by itself.</param>
    public void Kill(bool silently) => End("is killed", silently);

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

    private void Tick()
    {
        if (!IsOver)
        {
            WhenAwake(() => Post(new Runtime.Coordination.Tick()));
            world.Time.After(TickSeconds, Tick);
        }
    }

    private void Pass()
    {
        if (!IsOver)
        {
            Handle(new FleetInput.Passed());
            world.Time.After(PassSeconds, Pass);
        }
    }

    private void Handle(FleetInput input) => WhenAwake(() =>
    {
        world.Trace?.Invoke($"{Name} <- {Describe(input)}");
        List<FleetOutput> outputs = [];
        fleet.Handle(input, Now, outputs);
        foreach (var output in outputs)
        {
            switch (output)
            {
                case FleetOutput.Send send:
                    world.Broker.Publish(this, send.To, ClusterCodec.Encode(send.Message), confirm: 0);
                    break;
                case FleetOutput.Tell tell when !IsHidden(tell.Command):
                    world.Watch.Told(tell.Command);
                    Post(tell.Command);
                    break;
            }
        }
    });

    private bool IsHidden(RunCommand command) => world.Mutation switch
    {
        ChaosMutation.HideDisagreements => command is ResultsDisagreed,
        ChaosMutation.ForgetLosses => command is WorkLost
            || (command is EvaluationsReturned returned && returned.Answers.Any(answer => answer.Outcomes.Any(settled => settled.Outcome is Lost))),
        _ => false,
    };

    private void Post(RunCommand command)
    {
        mailbox.Add(command);
        Work();
    }

    // One mailbox, one reader: what arrives during an append is drained together.
    private void Work()
    {
        if (isBusy || mailbox.Count == 0)
        {
            return;
        }

        isBusy = true;
        world.Time.After(world.Scenario.AppendSeconds, () => WhenAwake(() =>
        {
            isBusy = false;
            Step();
            if (!IsOver)
            {
                Work();
            }
        }));
    }

    private void Step()
    {
        var drained = mailbox;
        mailbox = [];
        if (world.Trace is { } trace)
        {
            drained.Where(command => command is not Runtime.Coordination.Tick).ToList().ForEach(command => trace($"{Name} decides {MessageText.Of(command)}"));
        }

        try
        {
            var effects = coordinator.StepAsync(drained, Now).GetAwaiter().GetResult();
            hasBegun = true;
            foreach (var effect in effects)
            {
                Perform(effect);
            }

            if (drained.Exists(command => command is Runtime.Coordination.Tick))
            {
                Handle(new FleetInput.Progressed(coordinator.Fare()));
            }
        }
        catch (ProcessKilledException)
        {
            End("is killed while it appends", silently: false);
            return;
        }
        catch (JournalException exception)
        {
            End(exception.Message, silently: false);
            return;
        }

        if (!coordinator.IsActive)
        {
            End($"{coordinator.State.Status}: {coordinator.State.Reason}", silently: false);
        }
    }

    private void Perform(RunEffect effect)
    {
        world.Trace?.Invoke($"{Name} wants {MessageText.Of(effect)}");
        switch (effect)
        {
            case DispatchBatch batch:
                world.Watch.Dispatched(this, batch, settledBefore);
                Handle(new FleetInput.Wanted(batch));
                break;
            case AnswersJournaled or CancelWork:
                Handle(new FleetInput.Wanted(effect));
                break;
            case WakeAt wake:
                world.Time.After(Math.Max(0, wake.Seconds - Now), () => WhenAwake(() => Post(new Runtime.Coordination.Tick())));
                break;
            default:
                throw new InvalidOperationException($"A simulated coordinator does not know {effect.GetType().Name}.");
        }
    }

    private void End(string reason, bool silently)
    {
        if (IsOver)
        {
            return;
        }

        IsOver = true;
        world.Log($"{Name}: {reason}");
        world.Broker.Close(this, silently);
        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        world.CoordinatorEnded(this);
    }

    private static string Describe(FleetInput input) => input switch
    {
        FleetInput.Arrived arrived => MessageText.Of(arrived.Message),
        FleetInput.Wanted wanted => MessageText.Of(wanted.Effect),
        _ => input.GetType().Name,
    };
}
