using Calibrate.Problems.Data;

namespace Calibrate.Problems.Tests.Data;

public class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "1|2")]
    [InlineData("a,b\r\n1,2\r\n", "1|2")]
    [InlineData("a,b\n1,2", "1|2")]
    [InlineData("\uFEFFa,b\n1,2\n", "1|2")]
    [InlineData("a,b\n\n  \n1,2\n\n", "1|2")]
    [InlineData("# c\na,b\n#x,y,z\n1,2\n", "1|2")]
    [InlineData("a,b\n\"x, \"\"y\"\"\", \"2\" \n", "x, \"y\"|2")]
    [InlineData("a,b\n\"two\nlines\",2\n", "two\nlines|2")]
    [InlineData("a,b\n1,\n", "1|")]
    public void Rows_are_read(string text, string expected)
    {
        DataTable table = DataTable.Parse("f", text);
        Assert.Equal(1, table.RowCount);
        Assert.Equal(expected, $"{table.Texts("a")[0]}|{table.Texts("b")[0]}");
    }

    [Fact]
    public void Lines_are_counted_through_everything()
    {
        DataTable table = DataTable.Parse("f", "title\n# c\na,b\n\n1,\"x\ny\"\n# c\n2,z\n", new DataTableFormat(SkipLines: 1));
        Assert.Equal([5, 8], [table.LineOf(0), table.LineOf(1)]);
    }

    [Fact]
    public void Separators_and_comments_can_be_chosen()
    {
        DataTable table = DataTable.Parse("f", "% c\na\tb\n#1\t2\n", new DataTableFormat(Comment: "%", Separator: '\t'));
        Assert.Equal(["#1"], table.Texts("a"));
    }

    [Theory]
    [InlineData("", 1, "the end of the file")]
    [InlineData("# only\n", 2, "the end of the file")]
    [InlineData("a,b\n1\n", 2, "1 cells")]
    [InlineData("a,b\n1,2\n1,2,3\n", 3, "3 cells")]
    [InlineData("a,a\n", 1, "a second column 'a'")]
    [InlineData("a,b\n\"1,2\n", 2, "a quote that is never closed")]
    [InlineData("a,b\n\"1\"2,3\n", 2, "text after the closing quote of \"1\"")]
    public void Malformed_files_are_refused_with_the_line(string text, int line, string found)
    {
        DataFileException mistake = Assert.Throws<DataFileException>(() => DataTable.Parse("f", text));
        Assert.Equal((line, found), (mistake.Line, mistake.Found));
    }

    [Fact]
    public void Columns_without_a_name_may_repeat() => Assert.Equal(3, DataTable.Parse("f", "a,,\n1,2,3\n").Columns.Count);
}
