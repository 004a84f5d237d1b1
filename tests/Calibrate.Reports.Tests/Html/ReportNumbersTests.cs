using Calibrate.Reports.Html;

namespace Calibrate.Reports.Tests.Html;

public class ReportNumbersTests
{
    [Theory]
    [InlineData(1.23456, "1.235")]
    [InlineData(-0.0012346, "−0.001235")]
    [InlineData(123456, "123456")]
    [InlineData(1.5e9, "1.500e+9")]
    [InlineData(1.5e-9, "1.500e−9")]
    [InlineData(0, "0.000")]
    [InlineData(double.NaN, "–")]
    public void Significant_digits(double value, string text) => Assert.Equal(text, ReportNumbers.Significant(value));

    [Theory]
    [InlineData(0.2344, "23.4 %")]
    [InlineData(0.0001, "< 0.1 %")]
    [InlineData(0, "0 %")]
    [InlineData(1, "100 %")]
    [InlineData(double.NaN, "–")]
    public void Shares(double value, string text) => Assert.Equal(text, ReportNumbers.Percent(value));

    [Theory]
    [InlineData(0.25, "0.2 s")]
    [InlineData(75, "1 min 15 s")]
    [InlineData(3700, "1 h 1 min")]
    [InlineData(200_000, "2 d 7 h")]
    [InlineData(double.NaN, "0.0 s")]
    public void Durations(double seconds, string text) => Assert.Equal(text, ReportNumbers.Duration(seconds));

    [Fact]
    public void Counts_and_Rhat()
    {
        Assert.Equal("1,234,568", ReportNumbers.Count(1234567.8));
        Assert.Equal("1.010", ReportNumbers.Rhat(1.00999));
        Assert.Equal("–", ReportNumbers.Rhat(double.NaN));
    }
}
