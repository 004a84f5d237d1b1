using Calibrate.Reports.Exports;
using Calibrate.Runtime;

namespace Calibrate.Reports.Tests.Exports;

public sealed class NumberedFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("calibrate-numbered-").FullName;

    [Fact]
    public void Names_are_numbered_from_one_and_keep_the_ending_as_it_was_given() =>
        Assert.Equal([PathOf("a_1.TXT"), PathOf("a_2.TXT")], NumberedFiles.Of(PathOf("a.TXT"), ".txt", 2));

    [Theory]
    [InlineData("a_2.txt", false)]
    [InlineData("a_3.txt", true)]
    [InlineData("a_0.txt", true)]
    [InlineData("a_.txt", false)]
    [InlineData("a_3b.txt", false)]
    [InlineData("b_3.txt", false)]
    [InlineData("a_3.csv", false)]
    public void Files_that_would_be_read_with_these_are_refused(string found, bool refused)
    {
        File.WriteAllText(PathOf(found), "");

        var refusal = Record.Exception(() => NumberedFiles.Of(PathOf("a.txt"), ".txt", 2));

        Assert.Equal(refused, refusal is RunRefusedException);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string PathOf(string file) => Path.Combine(folder, file);
}
