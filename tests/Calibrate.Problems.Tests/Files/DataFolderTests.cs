using Calibrate.Problems.Data;
using Calibrate.Problems.Files;

namespace Calibrate.Problems.Tests.Files;

public sealed class DataFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-data-").FullName;

    public DataFolderTests()
    {
        Directory.CreateDirectory(Path.Combine(folder, "problem", "data"));
        File.WriteAllText(Path.Combine(folder, "secret.csv"), "a\n1\n");
        File.WriteAllText(Path.Combine(folder, "problem", "data", "d.csv"), "a\n1\n");
        File.WriteAllText(Path.Combine(folder, "problem", "m.txt"), "1 2\n3 4\n");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Files_in_the_folder_are_read_and_remembered()
    {
        DataFolder files = new(Path.Combine(folder, "problem"));
        Assert.Equal([1.0], files.ReadTable("data/d.csv").Numbers("a"));
        Assert.Equal([3.0, 4], files.ReadMatrix("m.txt")[1]);
        Assert.Equal(Fingerprint.Of("a\n1\n"), ((IFilesRead)files).Digests["data/d.csv"]);
    }

    [Theory]
    [InlineData("../secret.csv")]
    [InlineData("data/../../secret.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\secret.csv")]
    [InlineData("a\0b")]
    [InlineData("")]
    [InlineData(".")]
    public void Paths_out_of_the_folder_are_refused(string path)
    {
        DataFileException mistake = Assert.Throws<DataFileException>(() => new DataFolder(Path.Combine(folder, "problem")).ReadTable(path));
        Assert.Contains("path", mistake.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_gets_a_suggestion()
    {
        DataFileException mistake = Assert.Throws<DataFileException>(() => new DataFolder(Path.Combine(folder, "problem")).ReadTable("data/b.csv"));
        Assert.Equal(("no such file", "d.csv"), (mistake.Found, mistake.Suggestion));
    }

    [Theory]
    [InlineData("data/d.csv", true)]
    [InlineData("data/b.csv", false)]
    [InlineData("data", false)]
    [InlineData("../secret.csv", false)]
    [InlineData("/etc/passwd", false)]
    [InlineData("", false)]
    public void It_has_files_that_may_be_read(string path, bool expected) =>
        Assert.Equal(expected, new DataFolder(Path.Combine(folder, "problem")).Has(path));

    [Fact]
    public void Bytes_are_read_once_and_remembered()
    {
        DataFolder files = new(Path.Combine(folder, "problem"));
        byte[] first = files.Read("data/d.csv").ToArray();
        File.WriteAllText(Path.Combine(folder, "problem", "data", "d.csv"), "changed");
        Assert.Equal(first, files.Read("data/d.csv").ToArray());
        Assert.Equal(first, ((IFilesRead)files).Contents["data/d.csv"].ToArray());
    }

    [Fact]
    public void A_folder_is_not_a_file() => Assert.Equal(
        "a folder", Assert.Throws<DataFileException>(() => new DataFolder(Path.Combine(folder, "problem")).ReadTable("data")).Found);
}
