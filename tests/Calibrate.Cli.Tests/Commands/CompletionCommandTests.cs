namespace Calibrate.Cli.Tests.Commands;

public class CompletionCommandTests
{
    [Theory]
    [InlineData("bash", "complete -o default -F _calibrate calibrate")]
    [InlineData("zsh", "compdef _calibrate calibrate")]
    [InlineData("fish", "complete -c calibrate")]
    public async Task Every_shell_has_a_script(string shell, string expected)
    {
        var answer = await CalibrateInFolder.RunAsync("completion", shell);

        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Contains(expected, answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_is_completed_by_the_program_itself()
    {
        var answer = await CalibrateInFolder.RunAsync("[suggest:13]", "diagnose --js");

        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Contains("--json", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_shell_is_bad_input() =>
        Assert.Equal(ExitCode.BadInput, (await CalibrateInFolder.RunAsync("completion", "powershell")).Code);
}
