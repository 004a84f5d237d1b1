using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Calibrate.Journal.Sqlite;
using Calibrate.Models.LogDensities;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;

namespace Calibrate.Benchmarks.Journal;

/// <summary>
/// What the journal costs a whole run: 5-D Gaussian, 32 walkers, thinned by 10, through the host on one slot, once with the SQLite
/// journal and once with one that keeps nothing, in turns. The density is evaluated as often per step as it takes to
/// get the run without a journal down to 5 million steps a second. The best of five counts, of either. Argument: million steps per run (20).
/// </summary>
internal static class JournalOverhead
{
    private const int Dimension = 5;
    private const int Walkers = 32;
    private const int Rounds = 5;
    private const double StepsPerSecond = 5e6;

    public static int Run(string[] arguments)
    {
        var steps = (arguments.Length > 0 ? long.Parse(arguments[0], CultureInfo.InvariantCulture) : 20) * 1_000_000;
        var repeats = RepeatsFor(StepsPerSecond, steps / 4);
        var without = new List<Cost>();
        var with = new List<Cost>();
        for (var round = 0; round < Rounds; round++)
        {
            without.Add(RunOnce(new DiscardingJournal(), steps, repeats));
            using var place = new BenchmarkRuns();
            with.Add(RunOnce(new SqliteJournal(place.Path), steps, repeats) with { Bytes = place.Bytes });
        }

        var (alone, journaled) = (Best(without), Best(with));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "journal-overhead",
            walker_steps = steps,
            evaluations_per_step = repeats,
            steps_per_second_without = steps / alone.Seconds,
            steps_per_second_with = steps / journaled.Seconds,
            processor_microseconds_per_step_without = alone.Processor * 1e6 / steps,
            processor_microseconds_per_step_with = journaled.Processor * 1e6 / steps,
            overhead = (journaled.Seconds / alone.Seconds) - 1,
            processor_overhead = (journaled.Processor / alone.Processor) - 1,
            journal_megabytes = journaled.Bytes / 1e6,
            journal_megabytes_per_second = journaled.Bytes / 1e6 / journaled.Seconds,
            machine = Machine.Description,
        }));
        return 0;
    }

    /// <summary>Finds how often the density must be evaluated; the first run is the warm-up.</summary>
    private static int RepeatsFor(double stepsPerSecond, long steps)
    {
        var repeats = 128;
        RunOnce(new DiscardingJournal(), steps, repeats);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var perStep = RunOnce(new DiscardingJournal(), steps, repeats).Processor / steps;
            repeats = Math.Clamp((int)(repeats / stepsPerSecond / perStep), 1, 2000);
        }

        return repeats;
    }

    private static Cost RunOnce(IJournal journal, long steps, int repeats)
    {
        var builder = new ProblemBuilder("overhead")
            .LogDensity([.. Enumerable.Range(0, Dimension).Select(Name)], new RepeatedGaussian(repeats), "repeated gaussian")
            .Execution(new ExecutionSpecification { Slots = 1, Scheduling = SchedulingKind.Kernel })
            .Method(new EnsembleSpecification { Ensembles = 1, Walkers = Walkers, Iterations = (int)(steps / Walkers), Thin = 10, WarmUp = 0, Seed = 1 });
        for (var j = 0; j < Dimension; j++)
        {
            builder.Parameter(Name(j), new Normal(0, 10));
        }

        var host = new RunHost(journal, TimeProvider.System);
        var request = new RunRequest(RunId.Parse("overhead"), builder.Build());
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var result = host.RunAsync(request).GetAwaiter().GetResult();
        var cost = new Cost(
            Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds, 0);
        return result.Outcome == RunOutcome.Completed
            ? cost
            : throw new InvalidOperationException($"The run ended as {result.Outcome}: {result.Reason}");
    }

    private static string Name(int parameter) => string.Create(CultureInfo.InvariantCulture, $"x{parameter}");

    private static Cost Best(List<Cost> costs) => new(
        costs.Select(cost => cost.Seconds).Min(),
        costs.Select(cost => cost.Processor).Min(),
        costs[^1].Bytes);

    private readonly record struct Cost(double Seconds, double Processor, long Bytes);

    /// <summary>A Gaussian that is computed several times over, as if it were a dearer model.</summary>
    private sealed class RepeatedGaussian(int repeats) : ILogDensityFactory, ILogDensity
    {
        private readonly ILogDensity gaussian = LogDensity.IndependentGaussian(new double[Dimension], [1, 2, 3, 4, 5]);

        int ILogDensity.Dimension => Dimension;

        public ILogDensity Create() => this;

        public void Evaluate(int count, ReadOnlySpan<double> points, Span<double> logDensities)
        {
            for (var i = 0; i < repeats; i++)
            {
                gaussian.Evaluate(count, points, logDensities);
            }
        }
    }
}
