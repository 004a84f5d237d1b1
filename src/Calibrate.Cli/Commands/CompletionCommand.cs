using System.CommandLine;
using Calibrate.Cli.Completion;

namespace Calibrate.Cli.Commands;

/// <summary><c>calibrate completion SHELL</c>: prints the script that makes a shell complete calibrate's arguments.</summary>
internal static class CompletionCommand
{
    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong([.. CompletionScript.Shells]);
        var command = new ExampledCommand(
            "completion",
            "Print the completion script of a shell.",
            "source <(calibrate completion bash)",
            "calibrate completion fish > ~/.config/fish/completions/calibrate.fish") { shell };
        command.SetAction(parsed =>
        {
            terminal.Output.Write(CompletionScript.For(parsed.GetRequiredValue(shell)));
            return ExitCode.Done;
        });
        return command;
    }
}
