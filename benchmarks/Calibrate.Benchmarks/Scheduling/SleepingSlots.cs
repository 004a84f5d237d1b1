using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Calibrate.Benchmarks.Journal;
using Calibrate.Journal.Sqlite;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Benchmarks.Scheduling;

/// <summary>
/// Dataflow against barrier: one ensemble on slots that sleep for log-normal times (median 5 ms, sigma 1), SQLite journal on, both in turns on the
/// same chain. Efficiency is the slots' sleeping time over slots x wall time. Arguments: walkers (32), slots (8), iterations (300).
/// </summary>
internal static class SleepingSlots
{
    private const int Rounds = 3;

    public static int Run(string[] arguments)
    {
        var numbers = arguments.Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        var walkers = numbers.ElementAtOrDefault(0) is > 0 and var w ? w : 32;
        var slots = numbers.ElementAtOrDefault(1) is > 0 and var s ? s : 8;
        var iterations = numbers.ElementAtOrDefault(2) is > 0 and var n ? n : 300;
        var density = new SleepingDensity(0.005, 1);
        List<double> barrier = [], dataflow = [];
        HashSet<string> hashes = [];
        for (var round = 0; round < Rounds; round++)
        {
            barrier.Add(RunOnce(SchedulingKind.Barrier));
            dataflow.Add(RunOnce(SchedulingKind.Dataflow));
        }

        var ideal = walkers * iterations * density.MeanSeconds / slots;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "sleeping-slots",
            walkers,
            slots,
            iterations,
            seconds_barrier = barrier.Order().ElementAt(Rounds / 2),
            seconds_dataflow = dataflow.Order().ElementAt(Rounds / 2),
            gain = barrier.Order().ElementAt(Rounds / 2) / dataflow.Order().ElementAt(Rounds / 2),
            efficiency_barrier = ideal / barrier.Order().ElementAt(Rounds / 2),
            efficiency_dataflow = ideal / dataflow.Order().ElementAt(Rounds / 2),
            same_chain = hashes.Count == 1,
            machine = Machine.Description,
        }));
        return hashes.Count == 1 ? 0 : 1;

        double RunOnce(SchedulingKind scheduling)
        {
            using var place = new BenchmarkRuns();
            var journal = new SqliteJournal(place.Path);
            var run = RunId.Parse("sleeping");
            var start = Stopwatch.GetTimestamp();
            var result = new RunHost(journal, TimeProvider.System)
                .RunAsync(new RunRequest(run, Problem(density, walkers, slots, iterations, scheduling)))
                .GetAwaiter().GetResult();
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            hashes.Add(RunHash.AtAsync(journal, run).GetAwaiter().GetResult());
            return result.Outcome == RunOutcome.Completed
                ? seconds
                : throw new InvalidOperationException($"The run ended as {result.Outcome}: {result.Reason}");
        }
    }

    private static Problem Problem(SleepingDensity density, int walkers, int slots, int iterations, SchedulingKind scheduling)
    {
        string[] names = [.. Enumerable.Range(0, SleepingDensity.Dimension).Select(j => string.Create(CultureInfo.InvariantCulture, $"x{j}"))];
        var builder = new ProblemBuilder("sleeping")
            .LogDensity(names, density, "sleeping gaussian")
            .Execution(new ExecutionSpecification { Slots = slots, Scheduling = scheduling })
            .Method(new EnsembleSpecification { Ensembles = 1, Walkers = walkers, Iterations = iterations, WarmUp = 0, Seed = 1 });
        return names.Aggregate(builder, (all, name) => all.Parameter(name, new Normal(0, 10))).Build();
    }
}
