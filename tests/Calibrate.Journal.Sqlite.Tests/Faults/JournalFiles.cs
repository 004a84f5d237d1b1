using Calibrate.Runtime.Journals;
using Microsoft.Data.Sqlite;

namespace Calibrate.Journal.Sqlite.Tests.Faults;

/// <summary>The files of one journal as bytes, to be put down, damaged and read again.</summary>
internal sealed class JournalFiles
{
    private readonly Dictionary<string, byte[]> contents = new(StringComparer.Ordinal);

    private JournalFiles(RunFiles files)
    {
        foreach (var path in new[] { files.Database, files.WriteAheadLog, files.Mark }.Where(File.Exists))
        {
            contents[Path.GetFileName(path)] = File.ReadAllBytes(path);
        }
    }

    public byte[] Database => contents[RunFiles.DatabaseName];

    public byte[] WriteAheadLog => contents[RunFiles.DatabaseName + "-wal"];

    /// <summary>The files as they lie: of a journal that was closed, or of a live one as a kill -9 would leave them.</summary>
    public static JournalFiles Of(RunFiles files) => new(files);

    /// <summary>A journal of known events whose writer was killed: some of them in the database, the rest in the log.</summary>
    public static async Task<JournalFiles> KilledAsync(int events, Func<long, JournalEvent> at, SqliteJournalOptions options)
    {
        using var runs = new TemporaryRuns();
        await using var journal = new SqliteJournal(runs.Path, options);
        await using var writer = await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner);
        for (var sequence = 1L; sequence <= events; sequence++)
        {
            await writer.AppendAsync([at(sequence)], durable: sequence % 3 == 0);
            if (sequence % 7 == 0)
            {
                await writer.SaveSnapshotAsync(at(sequence).Payload);
            }
        }

        return Of(runs.Files);
    }

    /// <summary>A journal of known events whose writer has closed it.</summary>
    public static async Task<JournalFiles> ClosedAsync(int events, Func<long, JournalEvent> at)
    {
        using var runs = new TemporaryRuns();
        (await KilledAsync(events, at, new SqliteJournalOptions())).PutInto(runs.Files);
        await using var journal = runs.Open();
        await (await journal.AcquireAsync(TemporaryRuns.Run, TemporaryRuns.Owner)).DisposeAsync();
        return Of(runs.Files);
    }

    /// <summary>Puts the files down, and nothing else that SQLite may have left there.</summary>
    public void PutInto(RunFiles files)
    {
        Directory.CreateDirectory(files.Directory);
        foreach (var path in Directory.EnumerateFiles(files.Directory))
        {
            File.Delete(path);
        }

        foreach (var (name, bytes) in contents)
        {
            File.WriteAllBytes(Path.Combine(files.Directory, name), bytes);
        }
    }

    /// <summary>Changes a journal behind its back.</summary>
    public static void Tamper(RunFiles files, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={files.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Flips a bit in the middle of the last place in the file where this content stands.</summary>
    public static void FlipInside(string path, ReadOnlySpan<byte> content)
    {
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().LastIndexOf(content);
        Assert.True(at >= 0, "the content is not in one piece in the file");
        bytes[at + (content.Length / 2)] ^= 4;
        File.WriteAllBytes(path, bytes);
    }
}
