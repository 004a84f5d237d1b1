using Calibrate.Runtime.Control;

namespace Calibrate.Runtime.Tests.Control;

/// <summary>Snapshots that have everything, and nothing.</summary>
internal static class Snapshots
{
    public static RunStatusSnapshot Full { get; } = new()
    {
        Run = "two-layer",
        Problem = "two-layer",
        Status = LiveStatus.WaitingForWorkers,
        Reason = "",
        Session = new SessionSnapshot(3, "host", 4711, "rabbitmq", "dataflow", new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero), "0.3.0"),
        Iteration = 120,
        Iterations = 5000,
        Ensembles = 4,
        Walkers = 32,
        WalkerSteps = 15_360,
        Acceptance = 0.25,
        StepsPerSecond = 812.5,
        Evaluations = 15_000,
        SecondsPerEvaluation = 0.0125,
        Seconds = 60.5,
        SecondsLeft = 3600.25,
        StopRule = new StopRuleSnapshot(1000, 1.01, 7200),
        Convergence = new ConvergenceSnapshot(100, 1.2, 80, false, [new ParameterSnapshot("lambda", 1.2, 80, null)]),
        Failures = new Dictionary<string, long>(StringComparer.Ordinal) { ["Exception"] = 2 },
        Verdicts = [new VerdictSnapshot("time", true, 1)],
        Work = new WorkSnapshot(8, 54, 8, 8, 12, 3, 1, 2, 15),
        Nodes =
        [
            new NodeSnapshot("w1", "host", 12, "process", 4, 3, 7000, 80.5, 0.75, [new SlotSnapshot(0, true, 1750, null)]),
            new NodeSnapshot("w2", "", 0, "", 4, 0, 0, null, null, []),
        ],
        RefusalCount = 7,
        Refusals = [new RefusalSnapshot("w3", "another build")],
    };

    public static RunStatusSnapshot Empty { get; } = new()
    {
        Run = "new",
        Problem = "new",
        Status = LiveStatus.Preparing,
        Session = new SessionSnapshot(1, "host", 1, "local", "", DateTimeOffset.UnixEpoch, "0"),
        Iteration = -1,
        Iterations = 10,
        Ensembles = 1,
        Walkers = 4,
        WalkerSteps = 0,
        StepsPerSecond = 0,
        Evaluations = 0,
        Seconds = 0,
        StopRule = new StopRuleSnapshot(null, null, null),
        Failures = new Dictionary<string, long>(StringComparer.Ordinal),
        Verdicts = [],
        Work = new WorkSnapshot(0, 0, 0, 0, 0, null, 0, 0, 0),
        Nodes = [],
        RefusalCount = 0,
        Refusals = [],
    };
}
