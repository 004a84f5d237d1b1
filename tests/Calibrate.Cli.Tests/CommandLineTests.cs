namespace Calibrate.Cli.Tests;

public class CommandLineTests
{
    [Fact]
    public async Task Help_ends_with_examples()
    {
        var answer = await CalibrateInFolder.RunAsync("diagnose", "--help");

        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Contains("Examples:", answer.Output, StringComparison.Ordinal);
        Assert.Contains("calibrate diagnose draws.csv", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_is_printed() =>
        Assert.Matches(@"^\d+\.\d+\.\d+", (await CalibrateInFolder.RunAsync("--version")).Output);

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("diagnose")]
    public async Task A_command_line_that_cannot_be_read_is_bad_input(params string[] args)
    {
        var answer = await CalibrateInFolder.RunAsync(args);

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("--help'.", answer.Error, StringComparison.Ordinal);
        Assert.Empty(answer.Output);
    }
}
