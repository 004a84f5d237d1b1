namespace Calibrate.Problems.Tests;

public class SuggestionTests
{
    [Theory]
    [InlineData("lamda0", "lambda0")]
    [InlineData("Lambda0", "lambda0")]
    [InlineData("aerosol-scale", "aerosol_scale")]
    [InlineData("aersool_scale", "aerosol_scale")]
    [InlineData("eat", "eta")]
    [InlineData("gamma", null)]
    [InlineData("x", null)]
    public void The_nearest_name_is_suggested_if_it_is_near(string misspelt, string? expected) =>
        Assert.Equal(expected, Suggestion.Nearest(misspelt, ["lambda0", "eta", "aerosol_scale", "y"]));
}
