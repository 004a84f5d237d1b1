using Calibrate.Cli.Output;

namespace Calibrate.Cli.Tests.Output;

public class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1.71352, "1.714")]
    [InlineData(-0.00123456, "-0.001235")]
    [InlineData(123.456, "123.5")]
    [InlineData(1234567, "1234567")]
    [InlineData(12345678, "1.235e+7")]
    [InlineData(0.0000123456, "1.235e-5")]
    [InlineData(double.NaN, "-")]
    [InlineData(double.PositiveInfinity, "-")]
    public void Four_digits_that_matter(double value, string expected) => Assert.Equal(expected, Figures.Significant(value));

    [Theory]
    [InlineData(1.00049, "1.000")]
    [InlineData(1.0123, "1.012")]
    [InlineData(double.NaN, "-")]
    public void Rhat_shows_the_line_at_one_point_zero_one(double value, string expected) => Assert.Equal(expected, Figures.Rhat(value));

    [Theory]
    [InlineData(1234567.4, "1,234,567")]
    [InlineData(12, "12")]
    public void Counts_are_grouped(double value, string expected) => Assert.Equal(expected, Figures.Count(value));

    [Theory]
    [InlineData(0.44, "0.4 s")]
    [InlineData(42, "42 s")]
    [InlineData(754, "12 min 34 s")]
    [InlineData(7440, "2 h 4 min")]
    [InlineData(180000, "2 d 2 h")]
    public void A_time_in_its_two_largest_units(double seconds, string expected) =>
        Assert.Equal(expected, Figures.Duration(TimeSpan.FromSeconds(seconds)));
}
