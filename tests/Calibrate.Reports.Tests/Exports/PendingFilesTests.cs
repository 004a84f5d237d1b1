using Calibrate.Reports.Exports;

namespace Calibrate.Reports.Tests.Exports;

public sealed class PendingFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-pending-").FullName;

    private string First => Path.Combine(folder, "first");

    private string Second => Path.Combine(folder, "second");

    [Fact]
    public void Files_appear_together_and_replace_older_ones()
    {
        File.WriteAllText(First, "older");
        using (var files = new PendingFiles())
        {
            File.WriteAllText(files.Add(First), "new");
            File.WriteAllText(files.Add(Second), "new too");
            Assert.Equal("older", File.ReadAllText(First));
            Assert.False(File.Exists(Second));

            Assert.Equal([First, Second], files.Commit());
        }

        Assert.Equal(("new", "new too"), (File.ReadAllText(First), File.ReadAllText(Second)));
        Assert.Equal(2, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public void What_was_not_committed_is_gone_and_the_older_file_is_still_there()
    {
        File.WriteAllText(First, "older");
        using (var files = new PendingFiles())
        {
            File.WriteAllText(files.Add(First), "new");
            File.WriteAllText(files.AddScratch(First), "scratch");
            files.Add(Second);
        }

        Assert.Equal([First], Directory.GetFiles(folder));
        Assert.Equal("older", File.ReadAllText(First));
    }

    [Fact]
    public void Nothing_is_replaced_when_one_file_is_missing()
    {
        File.WriteAllText(First, "older");
        using var files = new PendingFiles();
        File.WriteAllText(files.Add(First), "new");
        files.Add(Second);

        Assert.Throws<FileNotFoundException>(files.Commit);

        Assert.Equal("older", File.ReadAllText(First));
    }

    [Fact]
    public void Two_exports_to_one_file_do_not_meet()
    {
        using var files = new PendingFiles();
        using var others = new PendingFiles();

        Assert.NotEqual(files.Add(First), others.Add(First));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
