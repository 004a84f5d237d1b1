using Calibrate.Problems.Data;

namespace Calibrate.Problems.Tests.Data;

public class DataTableTests
{
    [Fact]
    public void Columns_are_read_by_name()
    {
        DataTable table = DataTable.Parse("f.csv", "a,b\n1, 2 \n3,4e-1\n");
        Assert.Equal(["a", "b"], table.Columns);
        Assert.Equal([1.0, 3], table.Numbers("a"));
        Assert.Equal([2.0, 0.4], table.Numbers("b"));
        Assert.Equal(["2", "4e-1"], table.Texts("b"));
        Assert.True(table.Has("a"));
        Assert.False(table.Has("A"));
    }

    [Fact]
    public void Missing_cells_are_nan_where_they_are_allowed()
    {
        DataTable table = DataTable.Parse("f.csv", "a,b\n,1\nNA,1\nnan,1\n2,1\n");
        Assert.Equal([double.NaN, double.NaN, double.NaN, 2], table.NumbersOrMissing("a"));
        DataFileException mistake = Assert.Throws<DataFileException>(() => table.Numbers("a"));
        Assert.Equal((2, "an empty cell in column 'a'", "a finite number"), (mistake.Line, mistake.Found, mistake.Expected));
    }

    [Theory]
    [InlineData("inf")]
    [InlineData("1,5")]
    [InlineData("one")]
    public void Cells_that_are_no_numbers_know_their_place(string cell)
    {
        DataTable table = DataTable.Parse("f.csv", $"a;b\n1;2\n3;{cell}\n", new DataTableFormat(Separator: ';'));
        DataFileException mistake = Assert.Throws<DataFileException>(() => table.NumbersOrMissing("b"));
        Assert.Equal(("f.csv", 3, 3, $"'{cell}' in column 'b'"), (mistake.Path, mistake.Line, mistake.Column, mistake.Found));
    }

    [Fact]
    public void An_unknown_column_gets_a_suggestion()
    {
        DataTable table = DataTable.Parse("f.csv", "# note\nyear,total\n1750,0\n");
        DataFileException mistake = Assert.Throws<DataFileException>(() => table.Numbers("Totl"));
        Assert.Equal((2, "total"), (mistake.Line, mistake.Suggestion));
    }
}
