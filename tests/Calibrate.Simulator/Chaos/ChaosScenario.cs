using Calibrate.Runtime.Coordination;
using Calibrate.Simulator.Faults;
using Calibrate.Simulator.Messaging;

namespace Calibrate.Simulator.Chaos;

/// <summary>What goes wrong in a simulation.</summary>
public enum ChaosFault
{
    /// <summary>A worker is killed; another starts in its place.</summary>
    KillWorker,

    /// <summary>A worker is stopped on purpose; another starts in its place.</summary>
    StopWorker,

    /// <summary>A worker does nothing for a while, as after SIGSTOP.</summary>
    FreezeWorker,

    /// <summary>A worker's clock jumps ahead, as after a suspend.</summary>
    JumpWorkerClock,

    /// <summary>One more worker joins.</summary>
    AddWorker,

    /// <summary>The coordinator is killed; another takes the run up.</summary>
    KillCoordinator,

    /// <summary>The coordinator's machine loses its power, and with it what the disk had not synced.</summary>
    CutPower,

    /// <summary>A second coordinator takes the run over while the first one works.</summary>
    TakeOver,

    /// <summary>The coordinator does nothing for a while.</summary>
    FreezeCoordinator,

    /// <summary>The coordinator's clock jumps ahead.</summary>
    JumpCoordinatorClock,

    /// <summary>Somebody pauses the run, and resumes it later.</summary>
    PauseRun,

    /// <summary>A process loses its connection.</summary>
    LoseConnection,

    /// <summary>Nothing gets through to a process for a while.</summary>
    Partition,

    /// <summary>The broker restarts and forgets everything.</summary>
    RestartBroker,

    /// <summary>The network gets bad, or better.</summary>
    ChangeWeather,
}

/// <summary>What a worker is like.</summary>
public enum WorkerKind
{
    /// <summary>Slots are processes: a crash takes one evaluation with it.</summary>
    ProcessSlots,

    /// <summary>Slots are threads: a crash takes the worker with it.</summary>
    ThreadSlots,

    /// <summary>Runs on a platform with other last bits; says so.</summary>
    OtherPlatform,

    /// <summary>Runs another build; says so.</summary>
    OtherBuild,

    /// <summary>Cannot build the problem.</summary>
    CannotBuild,

    /// <summary>Has another data file: every result is wrong, also those of the canaries.</summary>
    WrongData,

    /// <summary>Computes wrong results now and then, but never on canaries.</summary>
    Liar,
}

/// <summary>One simulation, drawn whole from its seed: sizes, speeds, and which faults are possible at all (swarm testing).</summary>
/// <remarks>
/// Groce, Zhang, Eide, Chen and Regehr, "Swarm testing", ISSTA 2012: leaving features out at random finds more than always having all of them.
/// </remarks>
public sealed record ChaosScenario
{
    private static readonly ChaosFault[] AllFaults = Enum.GetValues<ChaosFault>();

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Which problem is sampled.</summary>
    public required ChaosProblemKind Problem { get; init; }

    /// <summary>Independent ensembles.</summary>
    public required int Ensembles { get; init; }

    /// <summary>Walkers of each.</summary>
    public required int Walkers { get; init; }

    /// <summary>Iterations of each.</summary>
    public required int Iterations { get; init; }

    /// <summary>How work is handed out.</summary>
    public ExecutionMode Mode { get; init; } = ExecutionMode.Dataflow;

    /// <summary>The workers at the beginning.</summary>
    public required IReadOnlyList<WorkerKind> Workers { get; init; }

    /// <summary>Slots of every worker.</summary>
    public required int Slots { get; init; }

    /// <summary>Median of the evaluation times in seconds.</summary>
    public required double Median { get; init; }

    /// <summary>Spread of the evaluation times.</summary>
    public required double Sigma { get; init; }

    /// <summary>Whether a region of parameter space kills whoever evaluates it.</summary>
    public bool Poison { get; init; }

    /// <summary>What is done about evaluations that kill.</summary>
    public bool RejectsVerdicts { get; init; }

    /// <summary>Probability that a slot's process dies for no reason, per batch.</summary>
    public double SlotDeath { get; init; }

    /// <summary>Which faults are possible.</summary>
    public required IReadOnlyList<ChaosFault> Faults { get; init; }

    /// <summary>How many faults there are.</summary>
    public int FaultCount { get; init; }

    /// <summary>The network while it is bad.</summary>
    public NetworkWeather BadWeather { get; init; } = NetworkWeather.Fine;

    /// <summary>Probability that an append of the coordinator goes wrong, while there are faults.</summary>
    public double DiskFault { get; init; }

    /// <summary>Seconds of one append.</summary>
    public double AppendSeconds { get; init; } = 0.001;

    /// <summary>Most messages in a work queue.</summary>
    public int QueueLimit { get; init; } = 65_536;

    /// <summary>Whether the live state is compared with folds of the journal after every event.</summary>
    public bool ChecksFolds { get; init; }

    /// <summary>A worker here computes wrong results that admission cannot see.</summary>
    public bool HasLiar => Workers.Contains(WorkerKind.Liar);

    /// <summary>Draws the scenario of a seed.</summary>
    public static ChaosScenario Of(ulong seed)
    {
        var random = new SimulationRandom(seed);
        var median = random.Pick(0.0005, 0.005, 0.05, 0.4);
        var scenario = new ChaosScenario
        {
            Seed = seed,
            Problem = random.Pick(ChaosProblemKind.Stretch, ChaosProblemKind.Stretch, ChaosProblemKind.Mixture, ChaosProblemKind.RandomSearch),
            Ensembles = random.Between(1, 3),
            Walkers = 2 * random.Between(3, 8),
            Iterations = random.Between(2, 16),
            Mode = random.Chance(0.1) ? ExecutionMode.Barrier : ExecutionMode.Dataflow,
            Workers = [.. Enumerable.Range(0, random.Between(1, 4)).Select(index => DrawKind(random, first: index == 0))],
            Slots = random.Between(1, 4),
            Median = median,
            Sigma = random.Pick(0, 0.5, 1.5),
            Faults = [.. AllFaults.Where(_ => random.Chance(0.4))],
            FaultCount = random.Below(13),
            DiskFault = random.Chance(0.3) ? random.Pick(0.003, 0.02) : 0,
            AppendSeconds = random.Pick(0.0001, 0.001, 0.02),
            QueueLimit = random.Chance(0.1) ? random.Between(2, 8) : 65_536,
            ChecksFolds = seed % 16 == 0,
            SlotDeath = random.Chance(0.15) ? 0.01 : 0,
        };

        // A barrier hands a whole half-step out at once and hedges nothing: what a tiny queue refuses of it is only missed after minutes.
        var queueLimit = scenario.Mode == ExecutionMode.Barrier ? 65_536 : scenario.QueueLimit;
        scenario = scenario with { BadWeather = DrawWeather(random), QueueLimit = queueLimit };
        return random.Chance(0.12) ? scenario with { Poison = true, RejectsVerdicts = random.Chance(0.6) } : scenario;
    }

    private static WorkerKind DrawKind(SimulationRandom random, bool first)
    {
        if (first || random.Chance(0.8))
        {
            return random.Pick(WorkerKind.ProcessSlots, WorkerKind.ThreadSlots);
        }

        return random.Pick(WorkerKind.OtherPlatform, WorkerKind.OtherBuild, WorkerKind.CannotBuild, WorkerKind.WrongData, WorkerKind.Liar);
    }

    private static NetworkWeather DrawWeather(SimulationRandom random) => new()
    {
        Latency = random.Pick(0.0002, 0.002, 0.05),
        Jitter = random.Pick(0, 1.0),
        Loss = random.Chance(0.4) ? random.Between(0, 0.1) : 0,
        Duplication = random.Chance(0.4) ? random.Between(0, 0.3) : 0,
        Reordering = random.Chance(0.4) ? random.Between(0, 0.3) : 0,
        Garbling = random.Chance(0.3) ? random.Between(0, 0.05) : 0,
        ConfirmLoss = random.Chance(0.3) ? random.Between(0, 0.02) : 0,
    };
}
