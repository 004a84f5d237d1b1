using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Calibrate.Cli.Tests;

/// <summary>What only a real process can show: signals, sudden death, two processes on one run.</summary>
public sealed class ProcessTests : IDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;

    // Long enough to be caught in the act on any machine; every test stops it.
    private const string Endless = "--iterations=2000000000";

    private readonly CalibrateInFolder _calibrate = new();
    private readonly string _problem;
    private readonly string _runs;

    public ProcessTests()
    {
        _problem = _calibrate.Write("gaussian.yaml", Problems.Gaussian);
        _runs = Path.Combine(_calibrate.Folder, "runs");
    }

    [Fact]
    public async Task Ctrl_C_stops_cleanly_says_how_to_go_on_and_the_chain_is_the_same()
    {
        using var process = Start("run", _problem, "--name", "stopped", Endless);
        await FirstBlockAsync(process, "stopped");

        Signal(process, Interrupt);
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.Matches(@"Interrupted after iteration \d+; everything complete is in the journal\.", error);
        Assert.Contains("calibrate resume stopped --runs-dir", error, StringComparison.Ordinal);
        await AssertSameChainAsync("stopped");
    }

    [Fact]
    public async Task A_killed_run_resumes_by_itself_to_the_same_chain()
    {
        using (var process = Start("run", _problem, "--name", "killed", Endless))
        {
            await FirstBlockAsync(process, "killed");
            Signal(process, Kill);
            await process.WaitForExitAsync();
        }

        using var resumed = Start("run", _problem, "--name", "killed", Endless);
        await LineAsync(resumed, "resumed after iteration");
        Signal(resumed, Interrupt);
        await resumed.WaitForExitAsync();

        await AssertSameChainAsync("killed");
    }

    [Fact]
    public async Task A_second_process_on_the_same_run_is_refused_with_the_owner()
    {
        using var owner = Start("run", _problem, "--name", "mine", Endless);
        await FirstBlockAsync(owner, "mine");

        var second = await CalibrateInFolder.RunAsync("resume", "mine", "--runs-dir", _runs);
        Signal(owner, Interrupt);
        await owner.WaitForExitAsync();

        Assert.Equal(ExitCode.Failed, second.Code);
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"Run 'mine' is in use by process {owner.Id}"), second.Error, StringComparison.Ordinal);
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

    /// <summary>Returns once the run says that it has begun and its first iterations are in the journal.</summary>
    private async Task FirstBlockAsync(Process process, string run)
    {
        await LineAsync(process, $"Run '{run}':");
        while ((await CalibrateInFolder.RunAsync("runs", "hash", run, "--runs-dir", _runs)).Code != ExitCode.Done)
        {
            Assert.False(process.HasExited);
            await Task.Yield();
        }
    }

    private static async Task LineAsync(Process process, string expected)
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains(expected, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"the process ended without saying '{expected}'");
    }

    /// <summary>Compares with an undisturbed run at an iteration that both have.</summary>
    private async Task AssertSameChainAsync(string run)
    {
        await CalibrateInFolder.RunAsync("run", _problem, "--name", "undisturbed", "--iterations", "600", "--runs-dir", _runs);
        var expected = await CalibrateInFolder.RunAsync("runs", "hash", "undisturbed", "--runs-dir", _runs);
        var found = await CalibrateInFolder.RunAsync("runs", "hash", run, "--iteration", "600", "--runs-dir", _runs);
        Assert.Equal(ExitCode.Done, found.Code);
        Assert.Equal(expected.Output, found.Output);
    }

    private static void Signal(Process process, int signal) => Assert.Equal(0, SendSignal(process.Id, signal));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
}
