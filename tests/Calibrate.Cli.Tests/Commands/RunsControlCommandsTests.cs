using System.Diagnostics;
using Calibrate.Runtime.Control;

namespace Calibrate.Cli.Tests.Commands;

/// <summary>A run in a process of its own, asked and told by the commands.</summary>
public sealed class RunsControlCommandsTests : IDisposable
{
    private const string Endless = "2000000000";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CalibrateInFolder _calibrate = new();
    private readonly string _runs;
    private readonly string _problem;

    public RunsControlCommandsTests()
    {
        _runs = Path.Combine(_calibrate.Folder, "runs");
        _problem = _calibrate.Write("gaussian.yaml", Problems.Gaussian);
    }

    [Fact]
    public async Task A_run_is_asked_paused_resumed_extended_and_stopped_and_its_chain_is_the_same()
    {
        using var process = Start("run", _problem, "--name", "told", "--iterations", Endless);
        var errors = process.StandardError.ReadToEndAsync();
        await UntilAsync(process, "told", status => status.Iteration > 0);

        var table = await TellAsync("status", "told");
        Assert.Contains("Run told (gaussian): running", table.Output, StringComparison.Ordinal);
        Assert.Contains("paused after iteration", (await TellAsync("pause", "told")).Error, StringComparison.Ordinal);
        var paused = await StatusAsync("told");
        var hash = await CalibrateInFolder.RunAsync("runs", "hash", "told", "--runs-dir", _runs);
        var later = await StatusAsync("told");
        Assert.Equal((LiveStatus.Paused, paused.Iteration, paused.WalkerSteps), (later.Status, later.Iteration, later.WalkerSteps));
        Assert.Equal(hash.Output, (await CalibrateInFolder.RunAsync("runs", "hash", "told", "--runs-dir", _runs)).Output);
        Assert.False(process.HasExited);

        Assert.Contains("goes on after iteration", (await TellAsync("resume", "told")).Error, StringComparison.Ordinal);
        await UntilAsync(process, "told", status => status.Iteration > paused.Iteration);
        Assert.Contains("now goes to iteration 2000000007", (await TellAsync("extend", "told", "--iterations", "2000000007")).Error, StringComparison.Ordinal);
        Assert.Equal(2_000_000_007, (await StatusAsync("told")).Iterations);
        Assert.Contains("calibrate resume told", (await TellAsync("stop", "told")).Error, StringComparison.Ordinal);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(ExitCode.Paused, process.ExitCode);
        Assert.Contains("stopped on request", await errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_runs, "told", "control.sock")));

        await AssertSameChainAsync("told");
        var gone = await CalibrateInFolder.RunAsync("runs", "pause", "told", "--runs-dir", _runs);
        Assert.Equal(ExitCode.Failed, gone.Code);
        Assert.Contains($"calibrate resume told --runs-dir {_runs}", gone.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_process_leaves_a_socket_that_means_nothing()
    {
        using (var process = Start("run", _problem, "--name", "killed", "--iterations", Endless))
        {
            await UntilAsync(process, "killed", status => status.Iteration > 0);
            process.Kill();
            await process.WaitForExitAsync().WaitAsync(Patience);
        }

        Assert.True(File.Exists(Path.Combine(_runs, "killed", "control.sock")));
        var answer = await CalibrateInFolder.RunAsync("runs", "status", "killed", "--runs-dir", _runs);
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Contains("its process was killed", answer.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, (await CalibrateInFolder.RunAsync("runs", "delete", "killed", "--yes", "--runs-dir", _runs)).Code);
        Assert.False(Directory.Exists(Path.Combine(_runs, "killed")));
    }

    [Fact]
    public async Task Runs_that_ended_or_never_were_are_told_apart()
    {
        await CalibrateInFolder.RunAsync("run", _problem, "--name", "over", "--iterations", "600", "--runs-dir", _runs);
        var over = await CalibrateInFolder.RunAsync("runs", "extend", "over", "--iterations", "700", "--runs-dir", _runs);
        Assert.Equal(ExitCode.Failed, over.Code);
        Assert.Contains("it was completed at iteration 600", over.Error, StringComparison.Ordinal);

        var none = await CalibrateInFolder.RunAsync("runs", "status", "none", "--runs-dir", _runs);
        Assert.Equal(ExitCode.BadInput, none.Code);
        Assert.Equal("", none.Output);
        Assert.Equal(ExitCode.BadInput, (await CalibrateInFolder.RunAsync("runs", "extend", "over", "--runs-dir", _runs)).Code);
        Assert.Equal(ExitCode.BadInput, (await CalibrateInFolder.RunAsync("runs", "extend", "over", "--iterations", "0", "--runs-dir", _runs)).Code);
    }

    public void Dispose() => _calibrate.Dispose();

    private Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var arg in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "calibrate.dll"), .. args, "--runs-dir", _runs])
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }

    private async Task<Answer> TellAsync(string word, string run, params string[] more)
    {
        var answer = await CalibrateInFolder.RunAsync(["runs", word, run, .. more, "--runs-dir", _runs]);
        Assert.True(answer.Code == ExitCode.Done, answer.Error);
        return answer;
    }

    private async Task<RunStatusSnapshot> StatusAsync(string run) => ControlJson.Read((await TellAsync("status", run, "--json")).Output);

    private async Task UntilAsync(Process process, string run, Func<RunStatusSnapshot, bool> isIt)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            Assert.False(process.HasExited);
            var answer = await CalibrateInFolder.RunAsync("runs", "status", run, "--json", "--runs-dir", _runs);
            if (answer.Code == ExitCode.Done && isIt(ControlJson.Read(answer.Output)))
            {
                return;
            }

            await Task.Yield();
        }
    }

    private async Task AssertSameChainAsync(string run)
    {
        await CalibrateInFolder.RunAsync("run", _problem, "--name", "undisturbed", "--iterations", "600", "--runs-dir", _runs);
        var expected = await CalibrateInFolder.RunAsync("runs", "hash", "undisturbed", "--runs-dir", _runs);
        var found = await CalibrateInFolder.RunAsync("runs", "hash", run, "--iteration", "600", "--runs-dir", _runs);
        Assert.Equal(ExitCode.Done, found.Code);
        Assert.Equal(expected.Output, found.Output);
    }
}
