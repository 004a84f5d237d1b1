using System.Text.Json;

namespace Calibrate.Cli.Tests.Commands;

public sealed class RunsCommandTests : IDisposable
{
    private readonly CalibrateInFolder _calibrate = new();
    private readonly string _runs;

    public RunsCommandTests() => _runs = Path.Combine(_calibrate.Folder, "runs");

    [Fact]
    public async Task List_says_where_every_run_stands()
    {
        await StartAsync();

        var table = await RunsAsync("list");
        using var json = JsonDocument.Parse((await RunsAsync("list", "--json")).Output);

        Assert.Matches(@"gaussian\s+gaussian\s+completed\s+4,000 of 4,000", table.Output);
        Assert.Equal("completed", json.RootElement[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task List_of_an_empty_folder_says_how_to_start_a_run()
    {
        var answer = await RunsAsync("list");

        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Contains("There is no run in", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_repeats_the_summary_of_the_run()
    {
        var run = await StartAsync("--json");

        Assert.Equal(run.Output, (await RunsAsync("show", "gaussian", "--json")).Output);
    }

    [Fact]
    public async Task Hash_at_an_iteration_is_the_hash_of_a_run_of_that_length()
    {
        await StartAsync();
        await StartAsync("--name", "shorter", "--iterations", "700");

        Assert.Equal((await RunsAsync("hash", "shorter")).Output, (await RunsAsync("hash", "gaussian", "--iteration", "700")).Output);
        Assert.NotEqual((await RunsAsync("hash", "shorter")).Output, (await RunsAsync("hash", "gaussian")).Output);
    }

    [Fact]
    public async Task Resume_of_a_finished_run_needs_more_iterations()
    {
        await StartAsync();
        await StartAsync("--name", "longer", "--iterations", "5000");

        Assert.Equal(ExitCode.Done, (await CalibrateInFolder.RunAsync("resume", "gaussian", "--runs-dir", _runs)).Code);
        Assert.Equal(ExitCode.Done, (await CalibrateInFolder.RunAsync("resume", "gaussian", "--iterations", "5000", "--runs-dir", _runs)).Code);
        Assert.Equal((await RunsAsync("hash", "longer")).Output, (await RunsAsync("hash", "gaussian")).Output);
    }

    [Fact]
    public async Task Resume_goes_on_with_the_seed_of_the_run_whatever_the_file_says()
    {
        await StartAsync("--seed", "11");
        await StartAsync("--seed", "11", "--name", "longer", "--iterations", "5000");

        var resumed = await CalibrateInFolder.RunAsync("resume", "gaussian", "--iterations", "5000", "--runs-dir", _runs);

        Assert.Equal(ExitCode.Done, resumed.Code);
        Assert.Equal((await RunsAsync("hash", "longer")).Output, (await RunsAsync("hash", "gaussian")).Output);
    }

    [Fact]
    public async Task Delete_asks_first_and_then_deletes_for_good()
    {
        await StartAsync();

        Assert.Equal(ExitCode.BadInput, (await RunsAsync("delete", "gaussian")).Code);
        Assert.Equal(ExitCode.Done, (await RunsAsync("delete", "gaussian", "--yes")).Code);
        Assert.False(Directory.Exists(Path.Combine(_runs, "gaussian")));
        Assert.Equal(ExitCode.BadInput, (await RunsAsync("show", "gaussian")).Code);
    }

    [Fact]
    public async Task Verify_finds_a_run_intact_and_a_damaged_one_not()
    {
        await StartAsync();
        var intact = await RunsAsync("verify", "gaussian");
        var journal = Path.Combine(_runs, "gaussian", "journal.db");
        var bytes = await File.ReadAllBytesAsync(journal);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(journal, bytes);

        var damaged = await RunsAsync("verify", "gaussian");

        Assert.Equal(ExitCode.Done, intact.Code);
        Assert.Matches("^Intact: .* 100 points evaluated again, chain hash [0-9a-f]{64} at iteration 4,000", intact.Output);
        Assert.Equal(ExitCode.Failed, damaged.Code);
        Assert.Contains("damaged", damaged.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show", "nowhere", "There is no run 'nowhere'")]
    [InlineData("hash", "../../etc", "The run name '../../etc' contains '.'")]
    [InlineData("delete", "nowhere", "There is no run 'nowhere'")]
    public async Task A_run_that_is_not_there_is_bad_input(string verb, string name, string message)
    {
        var answer = await RunsAsync(verb, name);

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains(message, answer.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _calibrate.Dispose();

    private Task<Answer> StartAsync(params string[] options) =>
        CalibrateInFolder.RunAsync(["run", _calibrate.Write("gaussian.yaml", Problems.Gaussian), "--runs-dir", _runs, .. options]);

    private Task<Answer> RunsAsync(string verb, params string[] options) =>
        CalibrateInFolder.RunAsync(["runs", verb, .. options, "--runs-dir", _runs]);
}
