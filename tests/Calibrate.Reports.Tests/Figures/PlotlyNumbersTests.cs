using System.Globalization;
using Calibrate.Reports.Figures;

namespace Calibrate.Reports.Tests.Figures;

public class PlotlyNumbersTests
{
    [Theory]
    [InlineData(new[] { 0.123456789, 1.0 }, "[0.12346,1]")]
    [InlineData(new[] { 1850.123456, 2019 }, "[1850.12,2019]")]
    [InlineData(new[] { 1e6 + 0.123456789, 1e6 + 0.987654321 }, "[1000000.12346,1000000.98765]")]
    [InlineData(new[] { 1.23456789e-20, 2e-20 }, "[1.2345679E-20,2E-20]")]
    [InlineData(new[] { 1.23456789e12, 9e12 }, "[1234600000000,9000000000000]")]
    [InlineData(new[] { 0.5, double.NaN, double.PositiveInfinity }, "[0.5,null,null]")]
    [InlineData(new[] { 0.1, 0.1 }, "[0.1,0.1]")]
    [InlineData(new double[0], "[]")]
    public void Numbers_keep_a_ten_thousandth_of_their_span(double[] values, string json) => Assert.Equal(json, PlotlyNumbers.Along(values).ToJsonString());

    [Theory]
    [InlineData("German")]
    [InlineData("Persian")]
    [InlineData("")]
    public void No_culture_changes_a_number(string culture)
    {
        CultureInfo.CurrentCulture = Cultures.Of(culture);

        Assert.Equal("[1234.5]", PlotlyNumbers.Along([1234.5]).ToJsonString());
        Assert.Equal("0.333333", PlotlyNumbers.Of(1.0 / 3)!.ToJsonString());
        Assert.Null(PlotlyNumbers.Of(double.NaN));
    }

    [Fact]
    public void Steps_are_whole_numbers() => Assert.Equal("[101,106,111]", PlotlyNumbers.Steps(101, 5, 3).ToJsonString());
}
