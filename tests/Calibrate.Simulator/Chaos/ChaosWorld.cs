using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Cluster;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;
using Calibrate.Simulator.Faults;
using Calibrate.Simulator.Journals;
using Calibrate.Simulator.Messaging;
using Calibrate.Simulator.Time;

namespace Calibrate.Simulator.Chaos;

/// <summary>Everything of one simulation: time, broker, disk, processes, and the fate that plagues them.</summary>
public sealed class ChaosWorld
{
    /// <summary>The reason of a pause that somebody wanted.</summary>
    public const string PausedByUser = "somebody paused it";

    /// <summary>The build that is right.</summary>
    public const string Build = "simulated build";

    private const double LivenessSeconds = 20_000;
    private const long MostHappenings = 3_000_000;

    private readonly List<SimulatedWorker> workers = [];
    private readonly List<SimulatedCoordinator> coordinators = [];
    private readonly List<string>? transcript;
    private readonly Dictionary<int, int> starts = [];
    private RunState? final;

    /// <summary>Prepares a simulation.</summary>
    /// <param name="scenario">What is simulated.</param>
    /// <param name="transcript">Receives the transcript; null for none.</param>
    /// <param name="verbose">Whether the transcript has every message.</param>
    /// <param name="mutation">A mistake to plant.</param>
    public ChaosWorld(ChaosScenario scenario, List<string>? transcript = null, bool verbose = false, ChaosMutation mutation = ChaosMutation.None)
    {
        Scenario = scenario;
        this.transcript = transcript;
        Trace = verbose ? Log : null;
        Mutation = mutation;
        Problem = new ChaosProblem(scenario);
        Random = new SimulationRandom(scenario.Seed, stream: 2);
        Files = new SimulatedFiles { ForgetsToFence = mutation == ChaosMutation.ForgetToFence };
        Journal = new SimulatedJournal(Files);
        Broker = new SimulatedBroker(Time, new SimulationRandom(scenario.Seed, stream: 3), scenario.QueueLimit, Log);
        Watch = new ChaosWatch(this);
        Fate = new ChaosFate(this);
    }

    /// <summary>The run.</summary>
    public static RunId Run { get; } = RunId.Parse("chaos");

    /// <summary>What workers evaluate.</summary>
    public static ModelFingerprint Model { get; } = new(Fingerprint.Of("chaos"));

    /// <summary>What is simulated.</summary>
    public ChaosScenario Scenario { get; }

    /// <summary>The mistake that is planted.</summary>
    public ChaosMutation Mutation { get; }

    /// <summary>What is sampled.</summary>
    public ChaosProblem Problem { get; }

    /// <summary>The time.</summary>
    public VirtualTime Time { get; } = new();

    /// <summary>The broker and the network.</summary>
    public SimulatedBroker Broker { get; }

    /// <summary>The disk.</summary>
    public SimulatedFiles Files { get; }

    /// <summary>The journal on it.</summary>
    public SimulatedJournal Journal { get; }

    /// <summary>The journal as a coordinator that resumes reads it.</summary>
    internal SimulatedJournal ReadersJournal =>
        Mutation == ChaosMutation.OverlookLastEvent ? new SimulatedJournal(Files) { OverlooksLastEvent = true } : Journal;

    /// <summary>What must hold.</summary>
    public ChaosWatch Watch { get; }

    /// <summary>What goes wrong.</summary>
    public ChaosFate Fate { get; }

    /// <summary>Receives every message; null when nobody wants to read that much.</summary>
    public Action<string>? Trace { get; }

    /// <summary>Whether something may still go wrong.</summary>
    public bool HasFaults => !Fate.IsOver;

    /// <summary>Processes that died or lost their connection so far.</summary>
    public int Disturbances { get; set; }

    /// <summary>Machines with workers so far.</summary>
    public int Machines { get; private set; }

    /// <summary>Sessions so far.</summary>
    public int Sessions { get; private set; }

    /// <summary>The workers that live.</summary>
    public IReadOnlyList<SimulatedWorker> Workers => workers;

    /// <summary>The coordinators that live.</summary>
    public IReadOnlyList<SimulatedCoordinator> Coordinators => coordinators;

    internal SimulationRandom Random { get; }

    /// <summary>Runs the simulation to its end and checks what must hold.</summary>
    /// <exception cref="ChaosFailedException">Something does not hold.</exception>
    public ChaosResult Simulate()
    {
        foreach (var kind in Scenario.Workers)
        {
            var number = ++Machines;
            Time.After(Random.Between(0, 0.5), () => StartWorker(kind, number));
        }

        StartCoordinator(takeover: false);
        Fate.Begin();
        while (final is null)
        {
            if (Time.Now > LivenessSeconds || Time.Happenings > MostHappenings || !Time.Next())
            {
                throw new ChaosFailedException(Standstill());
            }
        }

        Watch.Finish(final);
        return new ChaosResult(final.Status, Time.Now, Time.Happenings, Sessions, Watch.Dispatches, Fate.Struck);
    }

    /// <summary>Notes what happened.</summary>
    public void Log(string line) => transcript?.Add(FormattableString.Invariant($"{Time.Now,10:0.0000}  {line}"));

    /// <summary>One more machine with a worker.</summary>
    public void AddWorker(WorkerKind kind) => StartWorker(kind, ++Machines);

    /// <summary>A coordinator starts.</summary>
    public void StartCoordinator(bool takeover)
    {
        if (final is null)
        {
            Sessions++;
            coordinators.Add(SimulatedCoordinator.Start(this, takeover));
        }
    }

    internal void WorkerEnded(SimulatedWorker worker)
    {
        Disturbances++;
        workers.Remove(worker);
        Log($"{worker.Name} is gone");
        Time.After(Random.Between(0.1, 3.0), () => StartWorker(worker.Kind, worker.Number));
    }

    internal void CoordinatorEnded(SimulatedCoordinator coordinator)
    {
        coordinators.Remove(coordinator);
        var state = RunRecovery.FoldAsync(Journal, Run, method: null).GetAwaiter().GetResult();
        if (state is not null && state.Status != RunStatus.Running && state.Reason != PausedByUser)
        {
            final = state;
            return;
        }

        // Whoever supervises it starts it again, unless the run is in other hands. A coordinator of a stale epoch that has nothing to write lives on.
        Time.After(Random.Between(0.1, 3.0), () =>
        {
            if (!coordinators.Exists(other => other.Session.Epoch == Files.Find(Run)?.Epoch))
            {
                StartCoordinator(takeover: true);
            }
        });
    }

    // A worker with wrong data that came first would set the reference for all others: admission compares workers with each other, not with the truth.
    private void StartWorker(WorkerKind kind, int number)
    {
        if (kind is WorkerKind.WrongData && !coordinators.Exists(coordinator => coordinator.State?.CanaryReference.Count > 0))
        {
            Time.After(1, () => StartWorker(kind, number));
            return;
        }

        starts[number] = starts.GetValueOrDefault(number) + 1;
        var worker = new SimulatedWorker(this, kind, number, starts[number]);
        workers.Add(worker);
        Log($"{worker.Name} starts ({kind})");
    }

    private string Standstill()
    {
        var state = coordinators.Count > 0 ? coordinators[^1].State : null;
        return FormattableString.Invariant(
            $"the run does not finish: {Time.Now:0} s, {Time.Happenings} happenings, iteration {state?.CommonIteration ?? -1} of {Scenario.Iterations}");
    }
}

/// <summary>What a simulation did.</summary>
/// <param name="Status">How the run ended.</param>
/// <param name="Seconds">Virtual seconds.</param>
/// <param name="Happenings">Things that happened.</param>
/// <param name="Sessions">Coordinators that drove the run.</param>
/// <param name="Dispatches">Evaluations handed out.</param>
/// <param name="Faults">Faults that struck.</param>
public sealed record ChaosResult(RunStatus Status, double Seconds, long Happenings, int Sessions, long Dispatches, int Faults);
