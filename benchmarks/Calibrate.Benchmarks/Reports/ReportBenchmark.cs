using System.Diagnostics;
using System.Text.Json;
using Calibrate.Benchmarks.Climate;
using Calibrate.Benchmarks.Journal;
using Calibrate.Journal.Sqlite;
using Calibrate.Problems;
using Calibrate.Problems.Methods;
using Calibrate.Reports;
using Calibrate.Reports.Html;
using Calibrate.Reports.Predictive;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;

namespace Calibrate.Benchmarks.Reports;

/// <summary>
/// The report of a run of the climate problem with two million draws of four parameters: how long it takes, predictions included, how large it is, and how much
/// memory it wants. Making the run first is not counted.
/// </summary>
internal static class ReportBenchmark
{
    private const int Draws = 2_000_000;

    private static readonly RunId Run = RunId.Parse("climate");

    public static int Measure(string[] arguments)
    {
        using var place = new BenchmarkRuns();
        var problem = Problem();
        using var journal = new Disposing(new SqliteJournal(place.Path));
        new RunHost(journal.Inner, TimeProvider.System).RunAsync(new RunRequest(Run, problem)).GetAwaiter().GetResult();
        var journalBytes = place.Bytes;

        var path = Path.Combine(place.Path, "report.html");
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        var content = RunReport.GatherAsync(journal.Inner, Run, problem, new PredictiveSettings()).GetAwaiter().GetResult();
        using (var writer = new StreamWriter(path))
        {
            ReportPage.Write(content, writer);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "report",
            draws = (long)content.DrawsPerChain * content.Summary.Ensembles * content.Summary.Walkers,
            parameters = problem.SampledNames.Count,
            journal_megabytes = Math.Round(journalBytes / 1e6, 1),
            seconds = Math.Round(seconds, 2),
            processor_seconds = Math.Round((Environment.CpuUsage.TotalTime - processor).TotalSeconds, 2),
            megabytes = Math.Round(new FileInfo(path).Length / 1e6, 2),
            figures = content.Figures.Count,
            has_plotly = PlotlyScript.IsAvailable,
            working_set_megabytes = Math.Round(Environment.WorkingSet / 1e6),
            machine = Machine.Description,
        }));
        return 0;
    }

    private static Problem Problem()
    {
        var problem = ClimateSample.Load();
        var method = (EnsembleSpecification)problem.Method;
        var walkers = (long)method.Ensembles * method.WalkersFor(problem.Space.Dimension);
        var warmUp = method.WarmUp ?? 0;
        return problem.WithMethod(method with { Thin = 1, Iterations = warmUp + (int)(Draws / walkers) });
    }

    private sealed class Disposing(SqliteJournal inner) : IDisposable
    {
        public SqliteJournal Inner => inner;

        public void Dispose() => inner.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
