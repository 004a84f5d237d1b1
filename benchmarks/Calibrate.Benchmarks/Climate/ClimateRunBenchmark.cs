using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Calibrate.Journal.Sqlite;
using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;

namespace Calibrate.Benchmarks.Climate;

/// <summary>
/// The climate problem as users run it: a whole run through the host with the SQLite journal, against the time of the model
/// alone, measured in the same process before and after. Arguments: iterations per ensemble (200,000, so that starting up does not count) and slots (2).
/// </summary>
/// <remarks>
/// Efficiency is in evaluations, not steps: a proposal that the prior rejects costs no model run. The processor's efficiency
/// is the model's share of all processor time, and means something on a busy machine too.
/// </remarks>
internal static class ClimateRunBenchmark
{
    public static int Run(string[] arguments)
    {
        int iterations = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 200_000;
        int slots = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 2;
        Problem problem = ClimateSample.Load();

        ClimateModelTiming before = ClimateModelBenchmark.Measure(threads: 1);
        Watcher watcher = new();
        string folder = Directory.CreateTempSubdirectory("calibrate-climate-").FullName;
        double seconds;
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        long journalBytes;
        try
        {
            seconds = RunOnce(problem, iterations, slots, folder, watcher);
            processor = Environment.CpuUsage.TotalTime - processor;
            journalBytes = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        ClimateModelTiming after = ClimateModelBenchmark.Measure(threads: 1);
        double alone = (before.Median + after.Median) / 2;
        RunProgress end = watcher.Last ?? throw new InvalidOperationException("The run reported nothing.");
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "climate-run",
            slots,
            scheduling = watcher.Scheduling,
            iterations,
            walker_steps = end.WalkerSteps,
            evaluations = end.Evaluations,
            failures = end.Failures,
            acceptance = Math.Round(end.Acceptance, 4),
            seconds = Math.Round(seconds, 3),
            steps_per_second = Math.Round(end.WalkerSteps / seconds),
            evaluations_per_second = Math.Round(end.Evaluations / seconds),
            model_alone_per_core_before = Math.Round(before.Median),
            model_alone_per_core_after = Math.Round(after.Median),
            efficiency = Math.Round(end.Evaluations / seconds / (slots * alone), 4),
            processor_seconds = Math.Round(processor.TotalSeconds, 3),
            processor_efficiency = Math.Round(
                end.Evaluations * (before.ProcessorSeconds + after.ProcessorSeconds) / 2 / processor.TotalSeconds, 4),
            journal_megabytes = Math.Round(journalBytes / 1e6, 1),
            machine = Machine.Description,
        }));
        return 0;
    }

    private static double RunOnce(Problem problem, int iterations, int slots, string folder, Watcher watcher)
    {
        RunHost host = new(new SqliteJournal(folder), TimeProvider.System);
        RunRequest request = new(RunId.Parse("climate"), problem) { Iterations = iterations, Slots = slots, Observer = watcher };
        long start = Stopwatch.GetTimestamp();
        RunResult result = host.RunAsync(request).GetAwaiter().GetResult();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return result.Outcome == RunOutcome.Completed
            ? seconds
            : throw new InvalidOperationException($"The run ended as {result.Outcome}: {result.Reason}");
    }

    private sealed class Watcher : IRunObserver
    {
        public string Scheduling { get; private set; } = string.Empty;

        public RunProgress? Last { get; private set; }

        public void OnBegin(RunBeginning beginning) => Scheduling = beginning.Scheduling;

        public void OnProgress(RunProgress progress) => Last = progress;
    }
}
