using Calibrate.Cluster.Tests.Processes;

namespace Calibrate.Cluster.Tests;

/// <summary>A worker that would compute something else gets no work, and the operator reads why.</summary>
public class AdmissionTests
{
    [SkippableFact]
    public async Task A_worker_of_another_build_is_turned_away()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Brief);
        var stranger = cluster.StartWorkerOf(OtherBuild.In(cluster.Folder));
        await FinishesWithoutAsync(cluster, stranger, problem, "build");
    }

    [SkippableFact]
    public async Task A_worker_with_another_data_file_is_turned_away()
    {
        await using var cluster = ClusterUnderTest.Open();
        cluster.Write("data/observed.csv", "year,warming\n2001,0.15\n2004,0.8\n");
        var problem = cluster.Problem(TestProblems.WithData);
        cluster.Write("elsewhere/data/observed.csv", "year,warming\n2001,0.15\n2004,0.9\n");
        var stranger = cluster.StartWorker("--files", Path.Combine(cluster.Folder, "elsewhere"));
        await FinishesWithoutAsync(cluster, stranger, problem, "fingerprint");
    }

    [SkippableFact]
    public async Task A_worker_on_another_platform_is_turned_away()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Brief);
        var stranger = cluster.StartWorkerWith(new Dictionary<string, string?>(StringComparer.Ordinal) { ["DOTNET_EnableAVX2"] = "0" });
        await FinishesWithoutAsync(cluster, stranger, problem, "vector instructions");
    }

    // The stranger is there first and is refused before a good worker does all the work.
    private static async Task FinishesWithoutAsync(ClusterUnderTest cluster, CalibrateProcess stranger, string problem, string reason)
    {
        var run = cluster.StartRun(problem);
        await stranger.PrintsAsync(reason, ClusterUnderTest.Patience);
        cluster.StartWorker();
        await ClusterUnderTest.FinishesAsync(run);
        Assert.Equal(await cluster.LocalHashAsync(problem), await cluster.HashAsync());
        Assert.Contains(reason, await cluster.CommandAsync("runs", "show", cluster.Run), StringComparison.Ordinal);
    }
}
