namespace Calibrate.Problems.Tests;

public class NumberTextTests
{
    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(1e300, "1E+300")]
    [InlineData(double.PositiveInfinity, "inf")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(double.NaN, "nan")]
    public void Numbers_are_written_as_problem_files_do(double number, string expected) => Assert.Equal(expected, NumberText.Of(number));
}
