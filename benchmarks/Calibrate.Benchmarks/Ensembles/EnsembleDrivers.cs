using System.Diagnostics;
using System.Text.Json;
using Calibrate.Inference;
using Calibrate.Models.LogDensities;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;

namespace Calibrate.Benchmarks.Ensembles;

/// <summary>
/// Walker steps per second of every move, through <see cref="IEnsemble"/>, on a 5-D Gaussian with 32 walkers, one core, no journal: the tight
/// driver in blocks of 1 MiB, and the dataflow driver with an evaluator that answers at once. One JSON line each.
/// </summary>
internal static class EnsembleDrivers
{
    private const int Dimension = 5;
    private const int Walkers = 32;
    private const double Seconds = 1.5;

    public static int Run(string[] arguments)
    {
        LogDensityLikelihood likelihood = new(LogDensity.Gaussian(new double[Dimension], Covariance()));
        foreach (MoveKind kind in Enum.GetValues<MoveKind>())
        {
            IMethod method = Method(kind);
            Report(kind, "tight", Measure(() => method.Create(0), (ensemble, to) => Tight(ensemble, likelihood, to)));
            Report(kind, "dataflow", Measure(() => method.Create(0), (ensemble, to) => Dataflow(ensemble, likelihood, to)));
        }

        return 0;
    }

    private static IMethod Method(MoveKind kind)
    {
        string[] names = [.. Enumerable.Range(0, Dimension).Select(j => $"x{j}")];
        ProblemBuilder builder = new ProblemBuilder("gaussian").LogDensity(names, new Factory(), "benchmark");
        foreach (string name in names)
        {
            builder.Parameter(Problems.Parameters.Parameter.Flat(name));
        }

        InitialBall ball = new() { Center = names.ToDictionary(name => name, _ => 0.0), Radius = 1 };
        return MethodFactory.Create(builder.Method(new EnsembleSpecification { Walkers = Walkers, Moves = [new(kind)], Initial = ball }).Build(), 1);
    }

    private static double[][] Covariance() =>
        [.. Enumerable.Range(0, Dimension).Select(i =>
            Enumerable.Range(0, Dimension).Select(j => (i + 1) * (j + 1) * Math.Pow(0.5, Math.Abs(i - j))).ToArray())];

    private static double Measure(Func<IEnsemble> create, Action<IEnsemble, int> run)
    {
        IEnsemble ensemble = create();
        run(ensemble, 2000); // compiles
        int chunk = 1000;
        int from = ensemble.Iteration;
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < Seconds)
        {
            run(ensemble, ensemble.Iteration + chunk);
        }

        return (ensemble.Iteration - from) * (double)Walkers / clock.Elapsed.TotalSeconds;
    }

    private static void Tight(IEnsemble ensemble, LogDensityLikelihood likelihood, int to)
    {
        while (ensemble.Iteration < to)
        {
            ensemble.Advance(likelihood, to, new AdvanceLimits(MaxBytes: 1 << 20));
            if (ensemble.BufferedBytes >= 1 << 20)
            {
                ensemble.DropBlock();
            }
        }
    }

    private static void Dataflow(IEnsemble ensemble, LogDensityLikelihood likelihood, int to)
    {
        List<EvaluationRequest> ready = [];
        EvaluationBatch batch = new();
        while (ensemble.Iteration < to)
        {
            ready.Clear();
            ensemble.TakeReady(to, ready);
            foreach (EvaluationRequest request in ready)
            {
                likelihood.Evaluate(1, request.Parameters, batch);
                ensemble.Settle(request.Id, batch.OutcomeOf(0));
            }

            if (ensemble.BufferedBytes >= 1 << 20)
            {
                ensemble.DropBlock();
            }
        }
    }

    private static void Report(MoveKind kind, string driver, double stepsPerSecond) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        benchmark = "ensemble-drivers",
        move = kind.ToString(),
        driver,
        dimension = Dimension,
        walkers = Walkers,
        walker_steps_per_second = Math.Round(stepsPerSecond),
    }));

    private sealed class Factory : ILogDensityFactory
    {
        public ILogDensity Create() => LogDensity.Gaussian(new double[Dimension], Covariance());
    }
}
