using Calibrate.Cluster.Tests.Processes;

namespace Calibrate.Cluster.Tests;

/// <summary>Broker and database are restarted and killed under a run.</summary>
public class ServerTests
{
    [SkippableTheory]
    [InlineData("restart-broker")]
    [InlineData("restart-broker", "-m", "immediate")]
    [InlineData("restart-postgres")]
    [InlineData("restart-postgres", "-m", "immediate")]
    public async Task A_server_that_goes_and_comes_back_changes_nothing(string verb, params string[] options)
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Lasting);
        cluster.StartWorker();
        cluster.StartWorker();
        var run = cluster.StartRun(problem);
        await cluster.ReachesAsync(60, run);
        await cluster.ServersAsync(verb, options);
        await ClusterUnderTest.FinishesAsync(run);
        Assert.Equal(await cluster.LocalHashAsync(problem), await cluster.HashAsync());
    }
}
