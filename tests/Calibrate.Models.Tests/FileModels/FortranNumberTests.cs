using Calibrate.Models.FileModels;

namespace Calibrate.Models.Tests.FileModels;

public class FortranNumberTests
{
    [Theory]
    [InlineData(" 1.5 ", 1.5)]
    [InlineData("-1.0D-3", -1e-3)]
    [InlineData("1d+2", 100)]
    [InlineData(".5E1", 5)]
    [InlineData("1.5-103", 1.5e-103)]
    [InlineData("1.+10", 1e10)]
    [InlineData("+3", 3)]
    [InlineData("nan", double.NaN)]
    [InlineData("-INFINITY", double.NegativeInfinity)]
    public void Reads_what_programs_write(string text, double expected)
    {
        Assert.True(FortranNumber.TryParse(text, out double value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*****")]
    [InlineData("1.5x")]
    [InlineData("1-")]
    [InlineData("D3")]
    [InlineData("1.0e3-4")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000001")]
    public void Refuses_the_rest(string text) => Assert.False(FortranNumber.TryParse(text, out _));
}
