using System.Globalization;

namespace Calibrate.Reports.Exports;

/// <summary>
/// Files that appear under their names when all of them are complete and on the disk: each is written beside its place under a temporary name.
/// Whatever was not committed is deleted.
/// </summary>
public sealed class PendingFiles : IDisposable
{
    private static int count;

    private readonly List<(string Temporary, string Path)> pending = [];
    private readonly List<string> scratch = [];

    /// <summary>A file to be.</summary>
    /// <param name="path">Its name once it is complete.</param>
    /// <returns>Where to write it.</returns>
    public string Add(string path)
    {
        var temporary = Temporary(path);
        pending.Add((temporary, path));
        return temporary;
    }

    /// <summary>A place for intermediate data beside a file.</summary>
    /// <param name="path">The file it serves.</param>
    public string AddScratch(string path)
    {
        scratch.Add(Temporary(path));
        return scratch[^1];
    }

    /// <summary>Brings every file to the disk, then gives each its name.</summary>
    /// <returns>The names.</returns>
    /// <exception cref="IOException">A file cannot be brought to the disk or given its name.</exception>
    public IReadOnlyList<string> Commit()
    {
        foreach (var (temporary, _) in pending)
        {
            using var stream = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite);
            stream.Flush(flushToDisk: true);
        }

        foreach (var (temporary, path) in pending)
        {
            File.Move(temporary, path, overwrite: true);
        }

        return [.. pending.Select(file => file.Path)];
    }

    /// <summary>Deletes whatever was not committed.</summary>
    public void Dispose()
    {
        foreach (var path in pending.Select(file => file.Temporary).Concat(scratch))
        {
            File.Delete(path);
        }
    }

    // Exports of one process must not meet either: a dashboard serves several at a time.
    private static string Temporary(string path) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref count)}.tmp");
}
