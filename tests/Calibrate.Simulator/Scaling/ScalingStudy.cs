using Calibrate.Runtime.Coordination;

namespace Calibrate.Simulator.Scaling;

/// <summary>The questions that <c>docs/scaling.md</c> answers.</summary>
public static class ScalingStudy
{
    /// <summary>What the coordinator spends on one answer where it reaches 300,000 walker steps per second.</summary>
    public const double SecondsPerAnswer = 1 / 300_000.0;

    // A short walk over a local network through a broker, and one transaction of the journal.
    private const double Latency = 0.0005;
    private const double SecondsPerAppend = 0.0005;

    /// <summary>One ensemble on slots that cost nothing to reach, where the answer of an ideal list scheduler is known.</summary>
    public static IReadOnlyList<ScalingScenario> OneEnsemble { get; } =
        [new(1, 32, 400, 8), new(1, 64, 400, 32), new(1, 1024, 60, 512)];

    /// <summary>From ten slots to ten thousand, over a network.</summary>
    /// <param name="median">Median of the evaluation times in seconds.</param>
    public static IReadOnlyList<ScalingScenario> ManySlots(double median) =>
    [
        OverNetwork(new(4, 32, 200, 10), median),
        OverNetwork(new(8, 100, 100, 100), median),
        OverNetwork(new(32, 200, 60, 1000), median),
        OverNetwork(new(64, 1000, 30, 10_000), median),
    ];

    /// <summary>100 slots and more and more walkers, in one ensemble, four or sixteen.</summary>
    public static IReadOnlyList<ScalingScenario> ManyWalkers { get; } =
    [
        .. from total in (int[])[160, 320, 640, 1280, 2560]
           from ensembles in (int[])[1, 4, 16]
           where total / ensembles >= 16
           select OverNetwork(new(ensembles, total / ensembles, 100, 100), median: 0.05),
    ];

    /// <summary>How many deliveries a worker with ten slots may hold, for fast and slow models, near and far away.</summary>
    public static IReadOnlyList<ScalingScenario> Prefetch { get; } =
    [
        .. from median in (double[])[0.005, 0.05]
           from latency in (double[])[0.0005, 0.005]
           from held in (double[])[1, 1.1, 1.5, 2]
           select OverNetwork(new(8, 100, 100, 100), median) with { Latency = latency, HeldPerSlot = held },
    ];

    /// <summary>A scenario as a cluster sees it: workers with ten slots each behind a broker, and a coordinator that costs something.</summary>
    public static ScalingScenario OverNetwork(ScalingScenario scenario, double median) => scenario with
    {
        Times = new EvaluationTimes(median),
        SlotsPerWorker = 10,
        HeldPerSlot = median < 0.012 ? 2 : 1, // as the coordinator: a second one waits below 20 ms of mean
        Latency = Latency,
        SecondsPerAnswer = SecondsPerAnswer,
        SecondsPerAppend = SecondsPerAppend,
    };

    /// <summary>A scenario under the list scheduler, the dataflow scheduler and the barrier.</summary>
    /// <exception cref="InvalidOperationException">The three chains differ.</exception>
    public static (ScalingResult Ideal, ScalingResult Dataflow, ScalingResult Barrier) Compare(ScalingScenario scenario)
    {
        var ideal = IdealSchedule.Run(scenario);
        var dataflow = ScalingRun.Run(scenario with { Mode = ExecutionMode.Dataflow });
        var barrier = ScalingRun.Run(scenario with { Mode = ExecutionMode.Barrier });
        return ideal.Hash == dataflow.Hash && dataflow.Hash == barrier.Hash
            ? (ideal, dataflow, barrier)
            : throw new InvalidOperationException($"Schedules give different chains: {scenario}");
    }
}
