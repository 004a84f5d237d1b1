using System.Text.Json;

namespace Calibrate.Cli.Tests.Commands;

public sealed class ReportCommandTests : IDisposable
{
    private readonly CalibrateInFolder _calibrate = new();
    private readonly string _runs;

    public ReportCommandTests() => _runs = Path.Combine(_calibrate.Folder, "runs");

    [Fact]
    public async Task It_writes_into_the_runs_folder_and_goes_with_the_run()
    {
        await StartAsync();

        var answer = await ReportAsync();

        var path = Path.Combine(_runs, "gaussian", "report.html");
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal("", answer.Output);
        Assert.StartsWith($"Report written to {path}.", answer.Error, StringComparison.Ordinal);
        var page = await File.ReadAllTextAsync(path);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
        Assert.Contains("uniform(-20, 20)", page, StringComparison.Ordinal);
        Assert.Contains("covariance: [[1, 0.5], [0.5, 2]]", page, StringComparison.Ordinal);

        await CalibrateInFolder.RunAsync("runs", "delete", "gaussian", "--yes", "--runs-dir", _runs);
        Assert.False(Directory.Exists(Path.Combine(_runs, "gaussian")));
    }

    [Fact]
    public async Task Figures_are_files_that_plotly_opens()
    {
        await StartAsync();
        var folder = Path.Combine(_calibrate.Folder, "figures");

        var answer = await ReportAsync("--to", Path.Combine(_calibrate.Folder, "r.html"), "--figures", folder);

        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal(
            ["acceptance.json", "autocorrelation.json", "corner.json", "ess.json", "marginals.json", "rank.json", "trace.json"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in Directory.GetFiles(folder))
        {
            using var figure = JsonDocument.Parse(await File.ReadAllTextAsync(file));
            Assert.True(figure.RootElement.GetProperty("data").GetArrayLength() > 0);
            Assert.Equal(JsonValueKind.Object, figure.RootElement.GetProperty("layout").ValueKind);
        }
    }

    [Fact]
    public async Task An_older_report_is_replaced_and_nothing_else_is_left()
    {
        await StartAsync();
        var path = _calibrate.Write("r.html", "older");

        await ReportAsync("--to", path, "--quiet");

        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(_calibrate.Folder, "r.html*"));
    }

    [Theory]
    [InlineData("--to", "nowhere/r.html", "there is no folder")]
    [InlineData("--to", ".", "this is a folder")]
    [InlineData("--predictive", "-1", "expected a number from 0 to 100,000")]
    public async Task What_makes_no_sense_is_bad_input(string option, string value, string message)
    {
        await StartAsync();

        var answer = await ReportAsync(option, option == "--to" ? Path.Combine(_calibrate.Folder, value) : value);

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains(message, answer.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_runs, "gaussian", "report.html")));
    }

    [Fact]
    public async Task A_run_that_does_not_exist_is_told()
    {
        var answer = await ReportAsync();

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("gaussian", answer.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _calibrate.Dispose();

    private Task<Answer> StartAsync() =>
        CalibrateInFolder.RunAsync("run", _calibrate.Write("gaussian.yaml", Problems.Gaussian), "--runs-dir", _runs, "--quiet");

    private Task<Answer> ReportAsync(params string[] more) => CalibrateInFolder.RunAsync(["report", "gaussian", "--runs-dir", _runs, .. more]);
}
