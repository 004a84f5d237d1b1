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
        (int[] Rows, string[] Names) found = RecordedOutputs.Resolve([new RecordEntry(selector)], LineModel.LineSignature, mistakes);
        Assert.Empty(mistakes.Errors);
        Assert.Equal(rows, found.Rows);
        Assert.Equal(names, string.Join(", ", found.Names));
    }

    [Fact]
    public void A_whole_series_can_be_kept() => Assert.Equal(
        11, RecordedOutputs.Resolve([new RecordEntry("y")], LineModel.LineSignature, new Mistakes()).Rows.Length);

    [Fact]
    public void Single_values_can_be_named() => Assert.Equal(
        ["end"], RecordedOutputs.Resolve([new RecordEntry("y@2010", "end")], LineModel.LineSignature, new Mistakes()).Names);
}
