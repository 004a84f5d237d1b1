using System.Diagnostics;
using System.Text.Json;
using Calibrate.Benchmarks.Journal;
using Calibrate.Inference;
using Calibrate.Journal.Sqlite;
using Calibrate.Models.LogDensities;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Runtime;
using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;

namespace Calibrate.Benchmarks.Coordination;

/// <summary>
/// Walker steps per second that one coordinator can drive, on one core: the real coordinator, scheduler and event format with workers that
/// answer at once. What the workers' own (cheap) evaluations cost is measured and taken out. One JSON line per shape and journal: few slots whose
/// answers are all drained together, and many slots that hold single evaluations and whose answers trickle in. On a machine with other work, the
/// number per processor second (garbage collection and the workers' evaluations included) is the one to look at.
/// Arguments: names of journals, <c>memory</c> (encodes and forgets), <c>sqlite</c>; both when there are none.
/// </summary>
internal static class CoordinatorCapacity
{
    private const int Dimension = 4;
    private const double WarmUpSeconds = 1.5;
    private const double Seconds = 4;

    public static int Run(string[] arguments)
    {
        foreach (var journal in arguments.DefaultIfEmpty("memory").Concat(arguments.Length == 0 ? ["sqlite"] : []))
        {
            MeasureAsync(journal, ensembles: 4, walkers: 64, slots: 16, together: int.MaxValue).GetAwaiter().GetResult();
            MeasureAsync(journal, ensembles: 1, walkers: 1024, slots: 16, together: int.MaxValue).GetAwaiter().GetResult();
            MeasureAsync(journal, ensembles: 4, walkers: 64, slots: 128, together: 4).GetAwaiter().GetResult();
            MeasureAsync(journal, ensembles: 1, walkers: 1024, slots: 512, together: 16).GetAwaiter().GetResult();
        }

        return 0;
    }

    private static async Task MeasureAsync(string journal, int ensembles, int walkers, int slots, int together)
    {
        using var place = new BenchmarkRuns();
        var run = RunId.Parse("capacity");
        await using var writer = journal == "sqlite"
            ? await new SqliteJournal(place.Path).AcquireAsync(run, AcquireOptions.ForThisProcess(TimeProvider.System) with { CreateIfMissing = true })
            : await new DiscardingJournal().AcquireAsync(run, AcquireOptions.ForThisProcess(TimeProvider.System));
        var method = Method(ensembles, walkers);
        var coordinator = new JournaledCoordinator(method, null, writer);
        InstantWorkers workers = new(together);
        var clock = Stopwatch.StartNew();
        IReadOnlyList<RunCommand> commands =
            [Start(run, method), new EngineReady(ExecutionMode.Dataflow, slots, InstantWorkers.SecondsPerEvaluation)];
        async Task DriveAsync(double until)
        {
            while (clock.Elapsed.TotalSeconds < until)
            {
                commands = workers.Answer(await coordinator.StepAsync(commands, clock.Elapsed.TotalSeconds));
            }
        }

        await DriveAsync(WarmUpSeconds);
        var (steps, begin, allocated, evaluating) = (coordinator.State.WalkerSteps, clock.Elapsed, GC.GetTotalAllocatedBytes(), workers.Busy);
        var (collections, processor) = (GC.CollectionCount(0), Environment.CpuUsage.TotalTime);
        await DriveAsync(begin.TotalSeconds + Seconds);
        steps = coordinator.State.WalkerSteps - steps;
        var busy = workers.Busy - evaluating;
        processor = Environment.CpuUsage.TotalTime - processor;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "coordinator-capacity",
            journal,
            ensembles,
            walkers,
            dimension = Dimension,
            slots,
            answers_per_batch_of_commands = together == int.MaxValue ? "all" : together.ToString(System.Globalization.CultureInfo.InvariantCulture),
            walker_steps_per_second = Math.Round(steps / (clock.Elapsed - begin - busy).TotalSeconds),
            walker_steps_per_processor_second = Math.Round(steps / processor.TotalSeconds),
            with_the_workers_own_time = Math.Round(steps / (clock.Elapsed - begin).TotalSeconds),
            bytes_allocated_per_step = Math.Round((GC.GetTotalAllocatedBytes() - allocated) / (double)steps),
            collections = GC.CollectionCount(0) - collections,
            machine = Machine.Description,
        }));
    }

    private static IMethod Method(int ensembles, int walkers)
    {
        string[] names = [.. Enumerable.Range(0, Dimension).Select(j => $"x{j}")];
        var builder = new ProblemBuilder("gaussian").LogDensity(names, new Factory(), "benchmark");
        foreach (var name in names)
        {
            builder.Parameter(Problems.Parameters.Parameter.Flat(name));
        }

        InitialBall ball = new() { Center = names.ToDictionary(name => name, _ => 0.0), Radius = 1 };
        return MethodFactory.Create(
            builder.Method(new EnsembleSpecification { Ensembles = ensembles, Walkers = walkers, Initial = ball }).Build(), 1);
    }

    private static StartRun Start(RunId run, IMethod method) => new(
        new RunIdentity
        {
            Run = run.Name,
            Problem = "gaussian",
            CanonicalProblem = "",
            ChainFingerprint = "",
            Seed = 1,
            Method = method.Name,
            MethodVersion = method.Version,
            Ensembles = method.Ensembles,
            Walkers = method.Walkers,
            Dimension = method.Dimension,
            RecordedCount = method.RecordedCount,
            CalibrateVersion = "benchmark",
            StartedAt = DateTimeOffset.UnixEpoch,
        },
        new StopRule(int.MaxValue - 1),
        HostPlatform.Current,
        "instant");

    /// <summary>Answers everything it is given at once, oldest first.</summary>
    /// <param name="together">Answers handed over at the same time, at most.</param>
    private sealed class InstantWorkers(int together)
    {
        public const double SecondsPerEvaluation = 1e-6;

        private readonly Queue<DispatchBatch> queue = new();

        private readonly LogDensityLikelihood likelihood = new(LogDensity.Gaussian(new double[Dimension], Covariance()));
        private readonly EvaluationBatch one = new();
        private readonly Stopwatch busy = new();

        public TimeSpan Busy => busy.Elapsed;

        public IReadOnlyList<RunCommand> Answer(IReadOnlyList<RunEffect> effects)
        {
            busy.Start();
            foreach (var effect in effects)
            {
                if (effect is DispatchBatch batch)
                {
                    queue.Enqueue(batch);
                }
            }

            List<BatchAnswer> answers = [];
            while (answers.Count < together && queue.TryDequeue(out var batch))
            {
                var outcomes = new SettledEvaluation[batch.Requests.Count];
                for (var i = 0; i < outcomes.Length; i++)
                {
                    var request = batch.Requests[i];
                    likelihood.Evaluate(1, request.Parameters, one);
                    outcomes[i] = new SettledEvaluation(request.Id, one.OutcomeOf(0));
                }

                answers.Add(new BatchAnswer(batch.Batch, outcomes, outcomes.Length * SecondsPerEvaluation));
            }

            busy.Stop();
            return [new EvaluationsReturned(answers)];
        }
    }

    private sealed class Factory : ILogDensityFactory
    {
        public ILogDensity Create() => LogDensity.Gaussian(new double[Dimension], Covariance());
    }

    private static double[][] Covariance() =>
        [.. Enumerable.Range(0, Dimension).Select(i => Enumerable.Range(0, Dimension).Select(j => i == j ? 1.0 : 0.5).ToArray())];
}
