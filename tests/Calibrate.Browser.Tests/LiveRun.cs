using Calibrate.Cluster.Tests.Processes;

namespace Calibrate.Browser.Tests;

/// <summary>A folder with a real <c>calibrate run</c> that goes on for minutes, and a real <c>calibrate dashboard</c> over it.</summary>
public sealed class LiveRun : IAsyncLifetime
{
    private const string Problem = """
        name: live
        description: Sleeps, so that a run lasts long enough to be watched
        model: {name: sleep, options: {milliseconds: 2}}
        parameters:
          x1: {prior: "normal(0, 3)", unit: "W m-2 <i>K-1</i>", label: "<img src=x onerror=alert(1)> feedback"}
          x2: normal(0, 3)
        method: {kind: ensemble, ensembles: 2, walkers: 8, iterations: 100000, warm_up: 10, seed: 1}
        execution: {slots: 4}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("calibrate-browser-");
    private CalibrateProcess? run;
    private CalibrateProcess? dashboard;

    /// <summary>The address with the token, as it was printed.</summary>
    public string EntryAddress { get; private set; } = "";

    /// <summary>The address without it.</summary>
    public string Address => EntryAddress[..EntryAddress.IndexOf('?', StringComparison.Ordinal)];

    public string Folder => folder.FullName;

    public async Task InitializeAsync()
    {
        var problem = Path.Combine(Folder, "live.yaml");
        await File.WriteAllTextAsync(problem, Problem);
        var runs = Path.Combine(Folder, "runs");
        run = Start("run", problem, "--runs-dir", runs);
        dashboard = Start("dashboard", "--port", "0", "--runs-dir", runs);
        await dashboard.PrintsAsync("?token=", Patience);
        EntryAddress = dashboard.Output[dashboard.Output.IndexOf("http://", StringComparison.Ordinal)..].Split('\n')[0].Trim();
        await run.PrintsAsync("iteration", Patience);
    }

    public async Task DisposeAsync()
    {
        foreach (var process in new[] { dashboard, run })
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }
        }

        folder.Delete(recursive: true);
    }

    /// <summary>Starts a command in the folder.</summary>
    internal static CalibrateProcess Start(params string[] arguments) =>
        CalibrateProcess.Start(new Dictionary<string, string?> { ["CALIBRATE_JOURNAL"] = null, ["CALIBRATE_RUNS"] = null, ["CALIBRATE_BROKER"] = null }, arguments);
}
