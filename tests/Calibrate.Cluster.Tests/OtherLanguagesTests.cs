using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Calibrate.Cluster.Tests.Processes;

namespace Calibrate.Cluster.Tests;

/// <summary>Programs that go to the workers with their problem, compiled ones and scripts with files, give the chain of the local run.</summary>
public class OtherLanguagesTests
{
    private static readonly string[] Short = ["--iterations", "40", "--set", "method.warm_up=10", "--set", "method.ensembles=2", "--json", "--quiet"];

    [SkippableFact]
    public async Task The_oscillator_in_Cpp_has_the_local_chain_on_workers()
    {
        await using var cluster = ClusterUnderTest.Open();
        Copy(cluster, "cpp");
        Compile(cluster.Folder);
        await SameChainAsync(cluster, "oscillator.yaml");
    }

    [SkippableFact]
    public async Task A_model_of_files_has_the_local_chain_on_workers()
    {
        await using var cluster = ClusterUnderTest.Open();
        Copy(cluster, "pest");
        await SameChainAsync(cluster, "tank.yaml");
    }

    private static async Task SameChainAsync(ClusterUnderTest cluster, string file)
    {
        var problem = Path.Combine(cluster.Folder, file);
        cluster.StartWorker();
        cluster.StartWorker();
        var run = cluster.StartRun(problem, Short);
        await ClusterUnderTest.FinishesAsync(run);

        using var remote = JsonDocument.Parse(run.Output);
        using var local = JsonDocument.Parse(await cluster.CommandAsync(["run", problem, "--runs-dir", Path.Combine(cluster.Folder, "local"), .. Short]));
        Assert.Equal(Hash(local), Hash(remote));
        Assert.Empty(remote.RootElement.GetProperty("failures").EnumerateObject());
    }

    private static string? Hash(JsonDocument summary) => summary.RootElement.GetProperty("chain_hash").GetString();

    private static void Copy(ClusterUnderTest cluster, string sample)
    {
        foreach (var path in Directory.GetFiles(Path.Combine(ClusterUnderTest.Repository(), "samples", "models", sample)))
        {
            File.Copy(path, Path.Combine(cluster.Folder, Path.GetFileName(path)));
        }
    }

    private static void Compile(string folder)
    {
        try
        {
            using var compiler = Process.Start("g++", ["-O2", "-std=c++17", "-o", Path.Combine(folder, "oscillator"), Path.Combine(folder, "oscillator.cpp")]);
            compiler.WaitForExit();
            Assert.Equal(0, compiler.ExitCode);
        }
        catch (Win32Exception)
        {
            Skip.If(true, "g++ is not installed");
        }
    }
}
