using Calibrate.Runtime.Journals;

namespace Calibrate.Journal.Sqlite.Tests;

public sealed class RunFilesTests
{
    [Fact]
    public void Every_file_of_a_run_lies_in_its_own_directory()
    {
        using var runs = new TemporaryRuns();
        var files = new RunFiles(runs.Path, RunId.Parse("two-layer"));
        var directory = Path.Combine(runs.Path, "two-layer");
        Assert.Equal(
            [directory, directory, directory, directory, directory, directory],
            new[] { files.Database, files.NewDatabase, files.WriteAheadLog, files.SharedMemory, files.Lock, files.Mark }.Select(Path.GetDirectoryName));
        Assert.False(files.Exist);
        Assert.Equal((0L, 0L), (files.DatabaseBytes, files.WriteAheadLogBytes));
    }

    [Fact]
    public void Lengths_are_those_of_the_moment()
    {
        using var runs = new TemporaryRuns();
        Directory.CreateDirectory(runs.Files.Directory);
        var files = runs.Files;
        File.WriteAllBytes(files.WriteAheadLog, new byte[3]);
        Assert.Equal(3, files.WriteAheadLogBytes);
        File.WriteAllBytes(files.WriteAheadLog, new byte[5]);
        Assert.Equal(5, files.WriteAheadLogBytes);
    }

    [Fact]
    public void The_default_run_has_no_files() => Assert.Throws<InvalidOperationException>(() => new RunFiles("runs", default));
}
