using Calibrate.Problems.Data;

namespace Calibrate.Problems.Tests.Data;

public class MatrixTextTests
{
    [Fact]
    public void Numbers_stand_between_commas_or_spaces() =>
        Assert.Equal([[1.0, 2], [3, -4e-3]], MatrixText.Parse("f", "# c\n1, 2\r\n\n  3\t-4e-3\n"));

    [Theory]
    [InlineData("1 2\n3\n", 2, "1 numbers")]
    [InlineData("1 x\n", 1, "'x'")]
    [InlineData("1 nan\n", 1, "'nan'")]
    [InlineData("# nothing\n", 0, "no numbers")]
    public void Malformed_files_are_refused_with_the_line(string text, int line, string found)
    {
        DataFileException mistake = Assert.Throws<DataFileException>(() => MatrixText.Parse("f", text));
        Assert.Equal((line, found), (mistake.Line, mistake.Found));
    }
}
