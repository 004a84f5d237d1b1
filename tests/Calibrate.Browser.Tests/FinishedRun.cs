using Calibrate.Cluster.Tests.Processes;

namespace Calibrate.Browser.Tests;

/// <summary>A run that ended, and its report, both made by real processes.</summary>
public sealed class FinishedRun : IAsyncLifetime
{
    private const string Problem = """
        name: warming
        model: {name: two-layer, options: {forcing_values: [1, 2, 3, 4, 5, 6], first_year: 2000}}
        parameters:
          lambda0: {prior: "uniform(0.3, 3)", unit: W m-2 K-1, label: "<img src=x onerror=alert(1)> feedback"}
          eta: uniform(0.1, 2)
          cs: normal(8, 1.5)
        targets:
          warming: {output: surface_temperature, times: [2001, 2002, 2003, 2004, 2005], values: [0.2, 0.5, 0.9, 1.3, 1.8], sigma: 0.1}
        method: {kind: ensemble, ensembles: 4, walkers: 16, iterations: 600, seed: 1}
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("calibrate-browser-");

    /// <summary>The report's file.</summary>
    public string Report => Path.Combine(folder.FullName, "report.html");

    public async Task InitializeAsync()
    {
        var problem = Path.Combine(folder.FullName, "warming.yaml");
        await File.WriteAllTextAsync(problem, Problem);
        var runs = Path.Combine(folder.FullName, "runs");
        await EndAsync(LiveRun.Start("run", problem, "--runs-dir", runs, "--quiet"));
        await EndAsync(LiveRun.Start("report", "warming", "--runs-dir", runs, "--to", Report));
    }

    public Task DisposeAsync()
    {
        folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    private static async Task EndAsync(CalibrateProcess process)
    {
        await using (process)
        {
            Assert.True(await process.ExitAsync(Patience) == 0, process.Errors);
        }
    }
}
