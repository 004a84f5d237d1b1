using Calibrate.Problems.Building;
using Calibrate.Problems.Tests.Fakes;

namespace Calibrate.Problems.Tests.Building;

public class RecordedOutputsTests
{
    [Theory]
    [InlineData("total", new[] { 11 }, "total")]
    [InlineData("y@2003", new[] { 3 }, "y@2003")]
    [InlineData("y@2003..2005", new[] { 3, 4, 5 }, "y@2003, y@2004, y@2005")]
    [InlineData("y@2008.5..2100", new[] { 9, 10 }, "y@2009, y@2010")]
    public void Selectors_choose_values(string selector, int[] rows, string names)
    {
        Mistakes mistakes = new();
        (int[] Rows, string[] Names, int Chosen) found = RecordedOutputs.Resolve([new RecordEntry(selector)], LineModel.LineSignature, mistakes);
        Assert.Empty(mistakes.Errors);
        Assert.Equal(rows, found.Rows);
        Assert.Equal(names, string.Join(", ", found.Names));
    }

    [Fact]
    public void Outputs_stands_for_all_of_them_after_those_asked_for_by_name()
    {
        var (rows, names, chosen) = RecordedOutputs.Resolve(
            [new RecordEntry("outputs"), new RecordEntry("y@2010", "end")], LineModel.LineSignature, new Mistakes());
        Assert.Equal([10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11], rows);
        Assert.Equal(["end", "y@2000"], names[..2]);
        Assert.Equal("total", names[^1]);
        Assert.Equal(1, chosen);
    }

    [Fact]
    public void Outputs_of_a_log_density_are_a_mistake()
    {
        Mistakes mistakes = new();
        RecordedOutputs.Resolve([new RecordEntry("outputs")], null, mistakes);
        Assert.True(mistakes.Any);
    }

    [Fact]
    public void A_whole_series_can_be_kept() => Assert.Equal(
        11, RecordedOutputs.Resolve([new RecordEntry("y")], LineModel.LineSignature, new Mistakes()).Rows.Length);

    [Fact]
    public void Single_values_can_be_named() => Assert.Equal(
        ["end"], RecordedOutputs.Resolve([new RecordEntry("y@2010", "end")], LineModel.LineSignature, new Mistakes()).Names);
}
