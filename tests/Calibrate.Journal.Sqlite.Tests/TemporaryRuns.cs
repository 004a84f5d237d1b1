using Calibrate.Runtime.Journals;

namespace Calibrate.Journal.Sqlite.Tests;

/// <summary>A runs directory that goes with the test; in memory where the machine has such a place, because many tests copy and sync.</summary>
internal sealed class TemporaryRuns : IDisposable
{
    public static readonly RunId Run = RunId.Parse("test");

    public static readonly AcquireOptions Owner = new() { Owner = "the test", CreateIfMissing = true };

    private readonly DirectoryInfo directory;

    public TemporaryRuns()
    {
        const string inMemory = "/dev/shm";
        directory = System.IO.Directory.Exists(inMemory)
            ? System.IO.Directory.CreateDirectory(System.IO.Path.Combine(inMemory, "calibrate-" + System.IO.Path.GetRandomFileName()))
            : System.IO.Directory.CreateTempSubdirectory("calibrate-");
    }

    public string Path => directory.FullName;

    public RunFiles Files => new(Path, Run);

    public SqliteJournal Open() => new(Path);

    /// <summary>All events of the run.</summary>
    public async Task<List<JournalEntry>> ReadAsync()
    {
        await using var journal = Open();
        var entries = new List<JournalEntry>();
        await foreach (var entry in journal.ReadAsync(Run))
        {
            entries.Add(entry);
        }

        return entries;
    }

    public void Dispose() => directory.Delete(recursive: true);
}
