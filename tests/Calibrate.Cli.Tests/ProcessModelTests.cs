using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Calibrate.Cli.Tests;

/// <summary>Runs of a model in Python, as a user starts them.</summary>
public sealed class ProcessModelTests : IDisposable
{
    private const int Kill = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CalibrateInFolder _calibrate = new();
    private readonly string _problem;

    public ProcessModelTests()
    {
        _calibrate.Write("model.py", $$"""
            import json, os, sys
            open(os.path.join("{{_calibrate.Folder}}", "pid." + str(os.getpid())), "w").close()
            def say(answer):
                print(json.dumps(answer), flush=True)
            sys.stdin.readline()
            say({"calibrate": 1, "model": "line", "version": "1.0", "batch": 4, "outputs": [{"name": "y", "axis": [0, 1, 2]}]})
            for line in sys.stdin:
                request = json.loads(line)
                say({"id": request["id"], "results": [
                    {"error": "too steep"} if a > 4 else {"values": [a * t + b for t in (0, 1, 2)]} for a, b in request["points"]]})
            """);
        _problem = _calibrate.Write("line.yaml", """
            model: { command: [python3, model.py] }
            parameters: { a: "uniform(-5, 5)", b: "normal(0, 10)" }
            targets: { y: { output: y, times: [0, 1, 2], values: [1.1, 2.9, 5.2], sigma: 0.5 } }
            method: { ensembles: 2, walkers: 6, iterations: 40, warm_up: 10, seed: 3 }
            """);
    }

    public void Dispose() => _calibrate.Dispose();

    [SkippableFact]
    public async Task The_chain_is_the_same_with_any_number_of_slots_and_any_isolation()
    {
        RequirePython();
        var one = await ChainAsync("one", "--slots", "1");
        Assert.Equal(one, await ChainAsync("two", "--slots", "2"));
        Assert.Equal(one, await ChainAsync("dataflow", "--slots", "2", "--set", "execution.scheduling=dataflow"));
        Assert.Equal(one, await ChainAsync("isolated", "--slots", "2", "--set", "execution.isolation=process"));
    }

    [SkippableFact]
    public async Task The_model_ends_with_a_run_that_is_killed()
    {
        RequirePython();
        Skip.IfNot(OperatingSystem.IsLinux(), "what the system knows about processes is read from /proc");
        using var process = Start("killed", "--iterations", "1000000000", "--slots", "1");
        Assert.True(SpinWait.SpinUntil(() => Models().Length > 0, Patience));
        Signal(process.Id, Kill);
        await process.WaitForExitAsync();
        Assert.True(SpinWait.SpinUntil(() => Array.TrueForAll(Models(), model => !Runs(model)), Patience));
    }

    [SkippableFact]
    public async Task Checking_a_problem_starts_the_model_and_ends_it()
    {
        RequirePython();
        var answer = await CalibrateInFolder.RunAsync("check", _problem);
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.True(SpinWait.SpinUntil(() => Array.TrueForAll(Models(), model => !Runs(model)), Patience));
    }

    [SkippableFact]
    public async Task What_is_only_read_starts_no_model()
    {
        RequirePython();
        await ChainAsync("read", "--slots", "1", "--set", "record=outputs");
        var runs = Path.Combine(_calibrate.Folder, "runs");
        var models = Models();
        foreach (var command in (string[][])
        [
            ["runs", "show", "read"], ["runs", "hash", "read"], ["runs", "list"], ["export", "read", "--to", Path.Combine(_calibrate.Folder, "draws.csv")],
        ])
        {
            var answer = await CalibrateInFolder.RunAsync([.. command, "--runs-dir", runs]);
            Assert.True(answer.Code == ExitCode.Done, answer.Error);
        }

        var rescored = await CalibrateInFolder.RunAsync("rescore", "read", _problem, "--set", "targets.y.sigma=0.51", "--runs-dir", runs);
        Assert.Contains("without running the model", rescored.Output, StringComparison.Ordinal);
        Assert.Equal(models.Order(StringComparer.Ordinal), Models().Order(StringComparer.Ordinal));
        Assert.Equal(ExitCode.Done, (await CalibrateInFolder.RunAsync("runs", "verify", "read", "--runs-dir", runs)).Code);
        Assert.NotEqual(models.Length, Models().Length);
    }

    private static void RequirePython() => Skip.IfNot(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(place => File.Exists(Path.Combine(place, "python3"))),
        "there is no python3 on the PATH");

    private static bool Runs(string process) =>
        File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private string[] Models() => [.. Directory.GetFiles(_calibrate.Folder, "pid.*").Select(file => Path.GetExtension(file)[1..])];

    private async Task<string> ChainAsync(string name, params string[] arguments)
    {
        using var process = Start(name, arguments);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == ExitCode.Done, await error);
        using var json = JsonDocument.Parse(output);
        return json.RootElement.GetProperty("chain_hash").GetString()!;
    }

    private Process Start(string name, params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet",
        [
            "exec", Path.Combine(AppContext.BaseDirectory, "calibrate.dll"), "run", _problem, "--json", "--quiet", "--name", name,
            "--runs-dir", Path.Combine(_calibrate.Folder, "runs"), .. arguments,
        ])
    {
        UseShellExecute = false,
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
