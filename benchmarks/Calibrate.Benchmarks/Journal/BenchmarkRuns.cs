namespace Calibrate.Benchmarks.Journal;

/// <summary>A runs directory on the disk of the working directory (a temporary directory may be in memory), gone afterwards.</summary>
internal sealed class BenchmarkRuns : IDisposable
{
    public BenchmarkRuns() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine("artifacts", "journal-" + System.IO.Path.GetRandomFileName()));

    public long Bytes => new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
