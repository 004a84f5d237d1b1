using System.Globalization;
using System.Text;
using Calibrate.Models.FileModels;
using Calibrate.Problems.Models;

namespace Calibrate.Models.Tests.FileModels;

public class ScratchFolderTests
{
    [Fact]
    public void Before_every_run_it_holds_the_files_and_nothing_else()
    {
        using ScratchFolder scratch = new(Files(("model.sh", "run"), ("data/in.csv", "1,2")));
        string folder = scratch.Prepare();
        string outside = Directory.CreateTempSubdirectory("calibrate-test-").FullName;
        File.WriteAllText(Path.Combine(outside, "precious"), "");
        File.WriteAllText(Path.Combine(folder, "out.txt"), "old");
        File.WriteAllText(Path.Combine(folder, "data", "in.csv"), "3,4,5");
        File.Delete(Path.Combine(folder, "model.sh"));
        Directory.CreateDirectory(Path.Combine(folder, "model.sh"));
        Directory.CreateDirectory(Path.Combine(folder, "cache", "deep"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "link"), outside);

        Assert.Equal(folder, scratch.Prepare());

        Assert.Equal(["data", "data/in.csv", "model.sh"], Listed(folder));
        Assert.Equal("1,2", File.ReadAllText(Path.Combine(folder, "data", "in.csv")));
        Assert.Equal("run", File.ReadAllText(Path.Combine(folder, "model.sh")));
        Assert.True(File.Exists(Path.Combine(outside, "precious")));
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public void A_folder_that_links_were_laid_into_is_restored_and_what_they_name_is_left_alone()
    {
        using ScratchFolder scratch = new(Files(("data/in.csv", "1,2")));
        string folder = scratch.Prepare();
        string outside = Directory.CreateTempSubdirectory("calibrate-test-").FullName;
        File.WriteAllText(Path.Combine(outside, "in.csv"), "theirs");
        Directory.Delete(Path.Combine(folder, "data"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(folder, "data"), outside);

        scratch.Prepare();

        Assert.Equal("1,2", File.ReadAllText(Path.Combine(folder, "data", "in.csv")));
        Assert.Equal("theirs", File.ReadAllText(Path.Combine(outside, "in.csv")));
        Directory.Delete(outside, recursive: true);
    }

    [Fact]
    public void Who_takes_it_over_keeps_it_and_the_next_run_gets_another()
    {
        ScratchFolder scratch = new(Files());
        string first = scratch.Prepare();
        Assert.Equal(first, scratch.Release());
        string second = scratch.Prepare();
        Assert.NotEqual(first, second);
        scratch.Dispose();
        Assert.True(Directory.Exists(first));
        Assert.False(Directory.Exists(second));
        ScratchFolder.Delete(first);
    }

    [SkippableFact]
    public void What_dead_processes_left_behind_is_removed()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "the largest number of a process is known");
        string prefix = string.Create(CultureInfo.InvariantCulture, $"calibrate-files-{Environment.MachineName}-");
        string dead = Directory.CreateTempSubdirectory(prefix + "2147483646-").FullName;
        string living = Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"{prefix}{Environment.ProcessId}-")).FullName;
        using ScratchFolder scratch = new(Files());
        scratch.Prepare();
        Assert.False(Directory.Exists(dead));
        Assert.True(Directory.Exists(living));
        Directory.Delete(living);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_ends_the_run_and_fails_no_point()
    {
        using FileModel model = new(new FileModelProgram(
            new ModelSignature([], [new OutputSignature("y")]), ["true"], [], [], [], Files(("a", "a file"), ("a/b", "another below it")), "key", 1));
        ModelUnavailableException end = Assert.Throws<ModelUnavailableException>(() => model.Evaluate([], new ModelOutput(model.Signature)));
        Assert.StartsWith("the folder in which the command runs cannot be written (", end.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Files(params (string Path, string Text)[] files) =>
        files.ToDictionary(file => file.Path, file => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(file.Text), StringComparer.Ordinal);

    private static IEnumerable<string> Listed(string folder) => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
        .Select(entry => Path.GetRelativePath(folder, entry)).Order(StringComparer.Ordinal);
}
