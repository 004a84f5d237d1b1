using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Calibrate.Benchmarks.Journal;
using Calibrate.Journal.Sqlite;
using Calibrate.Models.LogDensities;
using Calibrate.Numerics.Distributions;
using Calibrate.Problems;
using Calibrate.Problems.Likelihoods;
using Calibrate.Problems.Methods;
using Calibrate.Reports.Exports;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;

namespace Calibrate.Benchmarks.Exports;

/// <summary>
/// Exports of a long run, 4 ensembles of 100 walkers in 10 dimensions, in every format: megabytes of the files per second, and as its peer a plain
/// write of as many bytes to the same disk in the same process; both end on the disk. Arguments: megabytes of draws (1000), endings (all).
/// </summary>
internal static class ExportBenchmark
{
    private const int Dimension = 10;
    private const int Ensembles = 4;
    private const int Walkers = 100;
    private const int WriteBytes = 1 << 20;

    private static readonly RunId RunName = RunId.Parse("long");

    public static int Run(string[] arguments)
    {
        var megabytes = arguments.Length > 0 ? double.Parse(arguments[0], CultureInfo.InvariantCulture) : 1000;
        var endings = arguments.Length > 1 ? arguments[1..] : [.. RunExport.Formats.Select(format => format.Ending)];
        var iterations = (int)(megabytes * 1e6 / ((Dimension + 1) * sizeof(double) * Ensembles * Walkers));
        using var place = new BenchmarkRuns();
        var journal = new SqliteJournal(place.Path);
        var problem = Problem(iterations);
        new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(RunName, problem)).GetAwaiter().GetResult();
        foreach (var ending in endings)
        {
            Measure(journal, problem, place.Path, ending);
        }

        return 0;
    }

    private static void Measure(SqliteJournal journal, Problem problem, string folder, string ending)
    {
        var reader = RunReader.OpenAsync(journal, RunName, problem).GetAwaiter().GetResult();
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes();
        var start = Stopwatch.GetTimestamp();
        var written = RunExport.WriteAsync(reader, problem, new ExportOptions(Path.Combine(folder, "draws" + ending)), TimeProvider.System).GetAwaiter().GetResult();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        var bytes = written.Files.Sum(file => new FileInfo(file).Length);
        foreach (var file in written.Files)
        {
            File.Delete(file);
        }

        var plain = PlainWrite(Path.Combine(folder, "plain"), bytes);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "export",
            format = ending,
            draws = written.Draws,
            draws_megabytes = written.Draws * (Dimension + 1) * sizeof(double) / 1e6,
            file_megabytes = bytes / 1e6,
            files = written.Files.Count,
            seconds,
            draws_megabytes_per_second = written.Draws * (Dimension + 1) * sizeof(double) / 1e6 / seconds,
            file_megabytes_per_second = bytes / 1e6 / seconds,
            plain_write_megabytes_per_second = bytes / 1e6 / plain,
            allocated_megabytes = allocated / 1e6,
            peak_resident_megabytes = Machine.PeakResidentBytes() / 1e6,
            machine = Machine.Description,
        }));
    }

    private static double PlainWrite(string path, long bytes)
    {
        var block = new byte[WriteBytes];
        new System.Random(1).NextBytes(block);
        var start = Stopwatch.GetTimestamp();
        using (var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            for (var left = bytes; left > 0; left -= block.Length)
            {
                stream.Write(block.AsSpan(0, (int)Math.Min(block.Length, left)));
            }

            stream.Flush(flushToDisk: true);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        File.Delete(path);
        return seconds;
    }

    private static Problem Problem(int iterations)
    {
        var builder = new ProblemBuilder("export")
            .LogDensity([.. Enumerable.Range(0, Dimension).Select(Name)], new Gaussian(), "gaussian")
            .Execution(new ExecutionSpecification { Scheduling = SchedulingKind.Kernel })
            .Method(new EnsembleSpecification { Ensembles = Ensembles, Walkers = Walkers, Iterations = iterations, WarmUp = 0, Seed = 1 });
        for (var j = 0; j < Dimension; j++)
        {
            builder.Parameter(Name(j), new Normal(0, 10));
        }

        return builder.Build();
    }

    private static string Name(int parameter) => string.Create(CultureInfo.InvariantCulture, $"x{parameter}");

    private sealed class Gaussian : ILogDensityFactory
    {
        public ILogDensity Create() => LogDensity.IndependentGaussian(new double[Dimension], [.. Enumerable.Range(1, Dimension).Select(j => (double)j)]);
    }
}
