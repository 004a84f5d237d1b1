using System.Diagnostics;
using System.Text.Json;
using Calibrate.Journal.Sqlite;
using Calibrate.Runtime.Journals;

namespace Calibrate.Benchmarks.Journal;

/// <summary>
/// A long run's journal, 20 million walker steps in 10 dimensions in 1 MiB blocks (1.8 GB) with a snapshot now and then: how
/// long resuming takes (epoch, newest snapshot and everything behind it, all checked), how fast it reads, in how much memory.
/// </summary>
internal static class JournalRead
{
    private const int BlockBytes = 1 << 20;
    private const int Blocks = (int)(20_000_000L * 11 * sizeof(double) / BlockBytes);
    private const int BlocksPerSnapshot = 64;

    private static readonly RunId Run = RunId.Parse("long");

    public static int Measure(string[] arguments)
    {
        using var place = new BenchmarkRuns();
        var (writing, _) = Timed(() => Write(place.Path));
        var cold = TryEmptyPageCache();
        var (resume, tail) = Timed(() => Resume(place.Path));
        cold &= TryEmptyPageCache();
        var (coldRead, bytes) = Timed(() => Read(place.Path));
        var (warmRead, _) = Timed(() => Read(place.Path));
        var (verify, intact) = Timed(() => Verify(place.Path));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "journal-read",
            megabytes = bytes / 1e6,
            written_megabytes_per_second = bytes / 1e6 / writing,
            resume_seconds = resume,
            resume_tail_megabytes = tail / 1e6,
            first_read_megabytes_per_second = bytes / 1e6 / coldRead,
            first_read_from_disk = cold,
            second_read_megabytes_per_second = bytes / 1e6 / warmRead,
            verify_seconds = verify,
            intact = intact == 1,
            peak_resident_megabytes = Machine.PeakResidentBytes() / 1e6,
            machine = Machine.Description,
        }));
        return 0;
    }

    private static long Write(string path)
    {
        var journal = new SqliteJournal(path);
        var payload = new byte[BlockBytes];
        var random = new System.Random(1);
        var writer = journal.AcquireAsync(Run, Owner()).GetAwaiter().GetResult();
        for (var block = 1; block <= Blocks; block++)
        {
            random.NextBytes(payload.AsSpan(0, 4096));
            writer.AppendAsync([new JournalEvent(1, payload)], durable: true).GetAwaiter().GetResult();
            if (block % BlocksPerSnapshot == 0)
            {
                writer.SaveSnapshotAsync(payload.AsMemory(0, 64 << 10)).GetAwaiter().GetResult();
            }
        }

        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return Blocks;
    }

    private static long Resume(string path)
    {
        var journal = new SqliteJournal(path);
        var writer = journal.AcquireAsync(Run, Owner()).GetAwaiter().GetResult();
        var snapshot = journal.ReadSnapshotAsync(Run).GetAwaiter().GetResult();
        var bytes = ReadFrom(journal, snapshot!.Sequence + 1).GetAwaiter().GetResult();
        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return bytes;
    }

    private static long Read(string path) => ReadFrom(new SqliteJournal(path), 1).GetAwaiter().GetResult();

    private static async Task<long> ReadFrom(SqliteJournal journal, long sequence)
    {
        var bytes = 0L;
        await foreach (var entry in journal.ReadAsync(Run, sequence))
        {
            bytes += entry.Payload.Length;
        }

        return bytes;
    }

    private static long Verify(string path) => new SqliteJournal(path).VerifyAsync(Run).GetAwaiter().GetResult().Intact ? 1 : 0;

    private static (double Seconds, long Result) Timed(Func<long> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, result);
    }

    /// <summary>So that the next reading comes from the disk; needs Linux and root.</summary>
    private static bool TryEmptyPageCache()
    {
        try
        {
            File.WriteAllText("/proc/sys/vm/drop_caches", "1");
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static AcquireOptions Owner() => AcquireOptions.ForThisProcess(TimeProvider.System) with { CreateIfMissing = true };
}
