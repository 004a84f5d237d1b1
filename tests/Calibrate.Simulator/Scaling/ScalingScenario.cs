using Calibrate.Inference;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime.Coordination;

namespace Calibrate.Simulator.Scaling;

/// <summary>A question about scaling: which run, on how many slots, how far away.</summary>
/// <param name="Ensembles">Independent ensembles.</param>
/// <param name="Walkers">Walkers of one ensemble.</param>
/// <param name="Iterations">Iterations per ensemble.</param>
/// <param name="Slots">Slots of all workers together.</param>
public sealed record ScalingScenario(int Ensembles, int Walkers, int Iterations, int Slots)
{
    /// <summary>How work is handed out.</summary>
    public ExecutionMode Mode { get; init; } = ExecutionMode.Dataflow;

    /// <summary>How long evaluations take.</summary>
    public EvaluationTimes Times { get; init; } = new();

    /// <summary>Slots of one worker process; its slots share what was delivered to it. 0: all slots belong to one worker.</summary>
    public int SlotsPerWorker { get; init; }

    /// <summary>Deliveries a worker may hold for every one of its slots, those that are being evaluated included; rounded up.</summary>
    public double HeldPerSlot { get; init; } = 2;

    /// <summary>Seconds from the broker to a worker, and as many back.</summary>
    public double Latency { get; init; }

    /// <summary>Seconds that the coordinator spends on one answer.</summary>
    public double SecondsPerAnswer { get; init; }

    /// <summary>Seconds of one append to the journal, whatever is in it; answers that arrive meanwhile go into the next one together.</summary>
    public double SecondsPerAppend { get; init; }

    /// <summary>Makes the run's method: the stretch move on a standard normal in two dimensions.</summary>
    public Problem MakeProblem() => new ProblemBuilder("scaling")
        .LogDensity(["x", "y"], new GaussianDensity(2), "standard normal")
        .Parameter("x", new Normal(0, 3))
        .Parameter("y", new Normal(0, 3))
        .Method(new EnsembleSpecification { Ensembles = Ensembles, Walkers = Walkers, Iterations = Iterations, Seed = 1 })
        .Build();

    /// <summary>Makes the method of <see cref="MakeProblem"/>.</summary>
    public static IMethod MakeMethod(Problem problem) => MethodFactory.Create(problem, seed: 1);
}
