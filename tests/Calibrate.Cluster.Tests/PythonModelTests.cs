using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Calibrate.Cluster.Tests.Processes;

namespace Calibrate.Cluster.Tests;

/// <summary>A model in another language goes to the workers with its problem: nothing of it lies on their machines.</summary>
public class PythonModelTests
{
    private static readonly string[] Short = ["--iterations", "100", "--set", "method.warm_up=20", "--set", "method.ensembles=2", "--json", "--quiet"];

    [SkippableFact]
    public async Task The_climate_model_in_Python_has_the_posterior_of_the_built_in_one_on_a_cluster()
    {
        SkipWithoutPython();
        await using var cluster = ClusterUnderTest.Open();
        var samples = Path.Combine(ClusterUnderTest.Repository(), "samples");
        cluster.StartWorker();
        cluster.StartWorker();

        var run = cluster.StartRun(Path.Combine(samples, "two-layer-python.yaml"), Short);
        await ClusterUnderTest.FinishesAsync(run);

        using var remote = JsonDocument.Parse(run.Output);
        using var local = JsonDocument.Parse(await LocalAsync(cluster, Path.Combine(samples, "two-layer-python.yaml")));
        using var builtIn = JsonDocument.Parse(await LocalAsync(cluster, Path.Combine(samples, "climate", "two-layer.yaml")));
        Assert.Equal(local.RootElement.GetProperty("chain_hash").GetString(), remote.RootElement.GetProperty("chain_hash").GetString());
        foreach (var parameter in builtIn.RootElement.GetProperty("parameters").EnumerateObject())
        {
            var found = remote.RootElement.GetProperty("parameters").GetProperty(parameter.Name);
            var error = parameter.Value.GetProperty("mcse_mean").GetDouble();
            foreach (var moment in (string[])["mean", "sd"])
            {
                // the same seed and log likelihoods that agree to 1e-10: the same chain but for rounding
                Assert.Equal(parameter.Value.GetProperty(moment).GetDouble(), found.GetProperty(moment).GetDouble(), 0.01 * error);
            }
        }
    }

    private static Task<string> LocalAsync(ClusterUnderTest cluster, string problem) =>
        cluster.CommandAsync(["run", problem, "--runs-dir", Path.Combine(cluster.Folder, "local"), .. Short]);

    private static void SkipWithoutPython()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"]) { UseShellExecute = false })!;
            process.WaitForExit();
            Skip.If(process.ExitCode != 0, "python3 is older than 3.9");
        }
        catch (Win32Exception)
        {
            Skip.If(true, "python3 is not installed");
        }
    }
}
