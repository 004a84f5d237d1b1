using System.Text.Json;

namespace Calibrate.Cli.Tests.Commands;

public sealed class RunCommandTests : IDisposable
{
    private static readonly string[] SummaryKeys =
    [
        "run", "problem", "engine", "seed", "ensembles", "walkers", "dimension", "iterations", "walker_steps", "evaluations", "failures",
        "verdicts", "refusals", "disagreements", "seconds", "acceptance", "chain_hash", "converged", "parameters",
    ];

    private static readonly string[] ParameterKeys =
        ["mean", "sd", "q05", "median", "q95", "mcse_mean", "rhat", "ess_bulk", "ess_tail", "tau"];

    private readonly CalibrateInFolder _calibrate = new();
    private readonly string _problem;
    private readonly string _runs;

    public RunCommandTests()
    {
        _problem = _calibrate.Write("gaussian.yaml", Problems.Gaussian);
        _runs = Path.Combine(_calibrate.Folder, "runs");
    }

    [Fact]
    public async Task A_run_ends_with_a_table_of_every_quantity()
    {
        var answer = await RunAsync();

        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Matches(@"x1\s+m\s+0\.98", answer.Output);
        Assert.Contains("difference", answer.Output, StringComparison.Ordinal);
        Assert.Contains("2 ensembles of 8 walkers, 4,000 iterations (500 warm-up)", answer.Output, StringComparison.Ordinal);
        Assert.Contains("Converged: R-hat < 1.01", answer.Output, StringComparison.Ordinal);
        Assert.Contains("Run 'gaussian': 2 x 8 walkers in 2 dimensions, 4000 iterations, seed 7.", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_documented_keys_and_finds_the_Gaussian()
    {
        using var json = JsonDocument.Parse((await RunAsync("--json", "--quiet")).Output);

        Assert.Equal(SummaryKeys, json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["x1", "x2", "difference"], json.RootElement.GetProperty("parameters").EnumerateObject().Select(p => p.Name));
        Assert.All(
            json.RootElement.GetProperty("parameters").EnumerateObject(),
            parameter => Assert.Equal(ParameterKeys, parameter.Value.EnumerateObject().Select(p => p.Name)));

        // Six standard errors: false-alarm rate 2e-9 per number.
        AssertNear(1, "x1");
        AssertNear(-2, "x2");
        AssertNear(3, "difference");

        void AssertNear(double expected, string name)
        {
            var found = json.RootElement.GetProperty("parameters").GetProperty(name);
            Assert.InRange(Math.Abs(found.GetProperty("mean").GetDouble() - expected), 0, 6 * found.GetProperty("mcse_mean").GetDouble());
        }
    }

    [Fact]
    public async Task A_finished_run_prints_its_summary_again()
    {
        var first = await RunAsync("--json");

        var second = await RunAsync("--json");

        Assert.Equal(ExitCode.Done, second.Code);
        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public async Task More_iterations_extend_a_run_to_the_chain_of_a_longer_one()
    {
        await RunAsync();
        var extended = await RunAsync("--iterations", "5000");
        await RunAsync("--name", "longer", "--iterations", "5000");

        Assert.Equal(ExitCode.Done, extended.Code);
        Assert.Equal(await HashAsync("longer"), await HashAsync("gaussian"));
    }

    [Fact]
    public async Task The_number_of_slots_and_the_scheduling_do_not_enter_the_chain()
    {
        await RunAsync("--name", "one", "--slots", "1");
        await RunAsync("--name", "two", "--slots", "2", "--set", "execution.scheduling=dataflow");
        await RunAsync("--name", "eight", "--slots", "8", "--set", "execution.scheduling=barrier");

        var hash = await HashAsync("one");
        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, await HashAsync("two"));
        Assert.Equal(hash, await HashAsync("eight"));
    }

    [Fact]
    public async Task A_changed_problem_is_refused_with_the_difference()
    {
        await RunAsync();

        var answer = await RunAsync("--set", "parameters.x1.prior=uniform(-20, 30)");

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains("parameters.x1.prior: uniform(-20, 20) -> uniform(-20, 30)", answer.Error, StringComparison.Ordinal);
        Assert.Contains("Only iterations, stop rule, engine and name may change.", answer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--nope", "Unrecognized command or argument '--nope'.")]
    [InlineData("--iterations=0", "0 iterations were asked for")]
    [InlineData("--iterations=500", "500 iterations were asked for, but the problem leaves out the first 500 as warm-up")]
    [InlineData("--iterations=many", "--iterations")]
    [InlineData("--engine=hamster", "hamster")]
    [InlineData("--name=../x", "The run name '../x' contains '.'")]
    [InlineData("--set=parameters.x1.priro=3", "priro")]
    [InlineData("--set=execution={ timeout: 10, isolation: thread }", "execution.isolation: found thread together with a timeout")]
    [InlineData("--set=execution={ memory: 1 GiB, scheduling: kernel }", "execution.scheduling: found kernel together with slots that are processes")]
    public async Task Bad_input_is_told_and_starts_nothing(string option, string message)
    {
        var answer = await RunAsync(option);

        Assert.Equal(ExitCode.BadInput, answer.Code);
        Assert.Contains(message, answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", answer.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_runs) && Directory.EnumerateFileSystemEntries(_runs).Any());
    }

    public void Dispose() => _calibrate.Dispose();

    private Task<Answer> RunAsync(params string[] options) =>
        CalibrateInFolder.RunAsync(["run", _problem, "--runs-dir", _runs, .. options]);

    private async Task<string> HashAsync(string run) =>
        (await CalibrateInFolder.RunAsync("runs", "hash", run, "--runs-dir", _runs)).Output.TrimEnd();
}
