using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Calibrate.Journal.Sqlite;
using Calibrate.Runtime.Journals;

namespace Calibrate.Benchmarks.Journal;

/// <summary>
/// What appending to the SQLite journal costs: 1 MiB blocks, each synced, as the block kernel writes them; and single small events, as
/// a slow model's steps are written, synced and not. Arguments: the page sizes to try, one line each; the one in use when there are none.
/// </summary>
internal static class JournalAppend
{
    private const int Blocks = 512;
    private const int BlockBytes = 1 << 20;
    private const int Steps = 20_000;
    private const int SyncedSteps = 500;
    private const int StepBytes = 300;

    public static int Run(string[] arguments)
    {
        var usual = new SqliteJournalOptions();
        foreach (var pageBytes in arguments.Select(argument => int.Parse(argument, CultureInfo.InvariantCulture)).DefaultIfEmpty(usual.PageBytes))
        {
            Measure(usual with { PageBytes = pageBytes });
        }

        return 0;
    }

    private static void Measure(SqliteJournalOptions options)
    {
        using var place = new BenchmarkRuns();
        var journal = new SqliteJournal(place.Path, options);
        var blocks = Appends(journal, "blocks", BlockBytes, Blocks, synced: true);
        var steps = Appends(journal, "steps", StepBytes, Steps, synced: false);
        var syncedSteps = Appends(journal, "synced-steps", StepBytes, SyncedSteps, synced: true);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "journal-append",
            page_bytes = options.PageBytes,
            block_megabytes_per_second = Blocks * (double)BlockBytes / 1e6 / blocks.Seconds,
            block_processor_milliseconds_per_megabyte = blocks.ProcessorSeconds * 1e3 / (Blocks * (double)BlockBytes / 1e6),
            block_median_milliseconds = blocks.Median * 1e3,
            block_slowest_milliseconds = blocks.Slowest * 1e3,
            steps_per_second = Steps / steps.Seconds,
            step_processor_microseconds = steps.ProcessorSeconds * 1e6 / Steps,
            synced_steps_per_second = SyncedSteps / syncedSteps.Seconds,
            machine = Machine.Description,
        }));
    }

    private static (double Seconds, double ProcessorSeconds, double Median, double Slowest) Appends(
        SqliteJournal journal, string run, int bytes, int count, bool synced)
    {
        var payload = new byte[bytes];
        new System.Random(1).NextBytes(payload);
        var options = AcquireOptions.ForThisProcess(TimeProvider.System) with { CreateIfMissing = true };
        var latencies = new double[count];
        var writer = journal.AcquireAsync(RunId.Parse(run), options).GetAwaiter().GetResult();
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var before = Stopwatch.GetTimestamp();
            writer.AppendAsync([new JournalEvent(1, payload)], synced).GetAwaiter().GetResult();
            latencies[i] = Stopwatch.GetElapsedTime(before).TotalSeconds;
        }

        // Closing belongs to it: the log still has to be moved into the database.
        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        Array.Sort(latencies);
        return (seconds, (process.TotalProcessorTime - processor).TotalSeconds, latencies[count / 2], latencies[^1]);
    }
}
