using System.Globalization;
using System.Text.Json;

namespace Calibrate.Cli.Tests.Commands;

public sealed class ExportCommandTests : IDisposable
{
    private readonly CalibrateInFolder _calibrate = new();
    private readonly string _runs;
    private readonly string _draws;

    public ExportCommandTests()
    {
        _runs = Path.Combine(_calibrate.Folder, "runs");
        _draws = Path.Combine(_calibrate.Folder, "draws.csv");
    }

    [Fact]
    public async Task Rows_go_by_ensemble_iteration_and_walker_and_have_the_moments_of_the_summary()
    {
        using var summary = JsonDocument.Parse((await StartAsync("--set", "method.thin=5", "--json")).Output);

        var answer = await ExportAsync(_draws);

        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal("", answer.Output);
        Assert.Equal($"11,200 draws written to {_draws}.", answer.Error.TrimEnd());
        var lines = await File.ReadAllLinesAsync(_draws);
        Assert.Equal("ensemble,walker,iteration,log_posterior,x1,x2,difference", lines[0]);
        var rows = lines.Skip(1).Select(line => line.Split(',').Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        var keys = rows.Select(row => (row[0], row[2], row[1])).ToArray();
        Assert.Equal((0, 505, 0), keys[0]);
        Assert.Equal((1, 4000, 7), keys[^1]);
        Assert.Equal(keys.Distinct().Order(), keys);
        Assert.All(rows, row => Assert.Equal(row[4] - row[5], row[6]));
        var mean = summary.RootElement.GetProperty("parameters").GetProperty("x1").GetProperty("mean").GetDouble();
        Assert.Equal(mean, rows.Average(row => row[4]), 1e-12);
    }

    [Fact]
    public async Task The_same_chain_gives_the_same_file_whatever_was_there_before()
    {
        await StartAsync("--iterations", "2000");
        await CalibrateInFolder.RunAsync("resume", "gaussian", "--iterations", "4000", "--runs-dir", _runs);
        await StartAsync("--name", "at-once");
        await File.WriteAllTextAsync(_draws, "older");

        await ExportAsync(_draws);
        var resumed = await File.ReadAllTextAsync(_draws);
        await CalibrateInFolder.RunAsync("export", "at-once", "--to", _draws, "--runs-dir", _runs);

        Assert.Equal(await File.ReadAllTextAsync(_draws), resumed);
        Assert.Single(Directory.GetFiles(_calibrate.Folder, "draws*"));
    }

    [Theory]
    [InlineData("draws.xls", ".csv (CSV), .txt (GetDist, a file per ensemble), .npy")]
    [InlineData("nowhere/draws.csv", "there is no folder")]
    public async Task A_file_that_cannot_be_written_is_bad_input(string file, string message)
    {
        await StartAsync();

        var answer = await ExportAsync(Path.Combine(_calibrate.Folder, file));

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains(message, answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_say_which_draws_and_several_files_are_told_together()
    {
        await StartAsync();

        var answer = await ExportAsync(Path.Combine(_calibrate.Folder, "draws.txt"), "--discard", "1000", "--thin", "100", "--ensemble", "1");

        Assert.Equal(ExitCode.Done, answer.Code);
        var files = $"{Path.Combine(_calibrate.Folder, "draws_1.txt")} to {Path.Combine(_calibrate.Folder, "draws.ranges")} (3 files)";
        Assert.Equal($"240 draws written to {files}.", answer.Error.TrimEnd());
        Assert.Equal(240, (await File.ReadAllLinesAsync(Path.Combine(_calibrate.Folder, "draws_1.txt"))).Length);
    }

    [Theory]
    [InlineData("--discard", "-1", "-1 iterations cannot be left out")]
    [InlineData("--thin", "0", "a multiple of 1 was expected")]
    [InlineData("--ensemble", "2", "has no ensemble 2")]
    [InlineData("--discard", "many", "many")]
    public async Task Options_that_make_no_sense_are_bad_input(string option, string value, string message)
    {
        await StartAsync();

        var answer = await ExportAsync(_draws, option, value);

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains(message, answer.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_draws));
    }

    [Fact]
    public async Task Files_of_walkers_are_diagnosed_as_the_run_is()
    {
        using var summary = JsonDocument.Parse((await StartAsync("--json")).Output);
        await ExportAsync(Path.Combine(_calibrate.Folder, "draws.cmdstan.csv"));

        var files = Enumerable.Range(1, 16).Select(i => Path.Combine(_calibrate.Folder, $"draws_{i}.cmdstan.csv"));
        var answer = await CalibrateInFolder.RunAsync(["diagnose", .. files, "--json"]);

        using var diagnosed = JsonDocument.Parse(answer.Output);
        var (expected, found) = (summary.RootElement.GetProperty("parameters").GetProperty("x2"), diagnosed.RootElement.GetProperty("x2"));
        Assert.Equal(expected.GetProperty("mean").GetDouble(), found.GetProperty("mean").GetDouble(), 1e-12);
        Assert.Equal(expected.GetProperty("ess_bulk").GetDouble(), found.GetProperty("ess_bulk").GetDouble(), 1e-6);
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_bad_input()
    {
        var answer = await ExportAsync(_draws);

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("There is no run 'gaussian'", answer.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_draws));
    }

    public void Dispose() => _calibrate.Dispose();

    private Task<Answer> StartAsync(params string[] options) =>
        CalibrateInFolder.RunAsync(["run", _calibrate.Write("gaussian.yaml", Problems.Gaussian), "--runs-dir", _runs, .. options]);

    private Task<Answer> ExportAsync(string path, params string[] options) =>
        CalibrateInFolder.RunAsync(["export", "gaussian", "--to", path, "--runs-dir", _runs, .. options]);
}
