using System.Text.RegularExpressions;

namespace Calibrate.Cli.Tests;

/// <summary>docs/report.md says what is true: every command in it works on the climate sample, and every figure it names is written.</summary>
public sealed class ReportDocumentationTests : IDisposable
{
    private static readonly string Text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "report.md"));

    private readonly CalibrateInFolder _calibrate = new();

    [Fact]
    public async Task Every_command_works_and_every_figure_is_there()
    {
        var runs = Path.Combine(_calibrate.Folder, "runs");
        var sample = Path.Combine(AppContext.BaseDirectory, "samples", "climate", "two-layer.yaml");
        await CalibrateInFolder.RunAsync("run", sample, "--iterations", "300", "--set", "method.warm_up=100", "--runs-dir", runs, "--quiet");
        var commands = Regex.Matches(Text, "^    calibrate (?<it>report .*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        Assert.InRange(commands.Count, 5, 20);

        foreach (var command in commands.Select(match => match.Groups["it"].Value.Split(' ')))
        {
            var args = command.Select((arg, i) => i > 0 && command[i - 1] is ("--to" or "--figures") ? Path.Combine(_calibrate.Folder, arg) : arg);
            var answer = await CalibrateInFolder.RunAsync([.. args, "--runs-dir", runs]);
            Assert.True(answer.Code == ExitCode.Done, string.Join(' ', command) + ": " + answer.Error);
        }

        string[] figures = [.. Directory.GetFiles(Path.Combine(_calibrate.Folder, "figures")).Select(Path.GetFileNameWithoutExtension)!];
        Assert.Equal(9, figures.Length);
        Assert.All(figures, figure => Assert.Contains(figure.StartsWith("predictive-", StringComparison.Ordinal) ? "`predictive-TARGET`" : $"`{figure}`", Text, StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(runs, "two-layer", "report.html")));
    }

    public void Dispose() => _calibrate.Dispose();
}
