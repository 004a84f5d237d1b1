using System.Text;
using Calibrate.Models.Processes;

namespace Calibrate.Models.Tests.Processes;

public class ChildFolderTests
{
    [Fact]
    public void Files_lie_under_the_paths_of_the_problem_and_programs_can_be_run()
    {
        using ChildFolder folder = ChildFolder.Create(Program("./model", ("./model", "binary"), ("data/x.csv", "1,2"), ("tools/run.sh", "#!/bin/sh\n")));
        Assert.Equal("1,2", File.ReadAllText(Path.Combine(folder.Work, "data", "x.csv")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.True(File.GetUnixFileMode(Path.Combine(folder.Work, "model")).HasFlag(UnixFileMode.UserExecute));
            Assert.True(File.GetUnixFileMode(Path.Combine(folder.Work, "tools", "run.sh")).HasFlag(UnixFileMode.UserExecute));
            Assert.False(File.GetUnixFileMode(Path.Combine(folder.Work, "data", "x.csv")).HasFlag(UnixFileMode.UserExecute));
        }
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/tmp/calibrate-outside")]
    [InlineData("a/../../x")]
    public void Nothing_is_written_outside(string path) => Assert.Throws<IOException>(() => ChildFolder.Create(Program("model", (path, "text"))));

    [Fact]
    public void Folders_of_dead_processes_are_removed_and_those_of_living_ones_stay()
    {
        string parent = Directory.CreateTempSubdirectory("calibrate-parent-").FullName;
        string dead = Directory.CreateDirectory(Path.Combine(parent, "calibrate-model-dead")).FullName;
        string living = Directory.CreateDirectory(Path.Combine(parent, "calibrate-model-living")).FullName;
        string other = Directory.CreateDirectory(Path.Combine(parent, "something-else")).FullName;
        File.WriteAllText(Path.Combine(dead, "lock"), "");
        using (new FileStream(Path.Combine(living, "lock"), FileMode.Create, FileAccess.Write, FileShare.None))
        {
            ChildFolder.RemoveAbandoned(parent, DateTime.MinValue);
            Assert.True(Directory.Exists(dead));
            ChildFolder.RemoveAbandoned(parent, DateTime.MaxValue);
        }

        Assert.Equal([living, other], Directory.GetDirectories(parent).Order(StringComparer.Ordinal));
        Directory.Delete(parent, recursive: true);
    }

    [Fact]
    public void A_folder_goes_with_its_child()
    {
        ChildFolder folder = ChildFolder.Create(Program("model", ("model", "text")));
        folder.Dispose();
        Assert.False(Directory.Exists(Path.GetDirectoryName(folder.Work)));
    }

    private static ProcessProgram Program(string command, params (string Path, string Text)[] files) =>
        new([command], files.ToDictionary(f => f.Path, f => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(f.Text)), ["a"]);
}
