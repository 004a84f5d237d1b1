using Calibrate.Cluster.Tests.Processes;

namespace Calibrate.Cluster.Tests;

/// <summary>Coordinators die, stand by and compete; one chain comes out.</summary>
public class CoordinatorTests
{
    [SkippableFact]
    public async Task A_killed_coordinator_goes_on_where_its_journal_ends()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Lasting);
        cluster.StartWorker();
        cluster.StartWorker();
        var run = cluster.StartRun(problem);
        for (var kill = 0; kill < 4; kill++)
        {
            await cluster.ReachesAsync(30 * (kill + 1), run);
            run.Kill();
            await run.ExitAsync(ClusterUnderTest.Patience);
            run = cluster.StartRun(problem, "--takeover");
        }

        await ClusterUnderTest.FinishesAsync(run);
        Assert.Equal(await cluster.LocalHashAsync(problem), await cluster.HashAsync());
    }

    [SkippableFact]
    public async Task A_standby_takes_over_when_the_leader_dies()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Lasting);
        cluster.StartWorker();
        cluster.StartWorker();
        var leader = cluster.StartRun(problem);
        await cluster.ReachesAsync(50, leader);
        var standby = cluster.StartCommand("coordinator", problem);
        await cluster.ReachesAsync(80, leader);
        Assert.False(standby.HasExited, standby.Errors);
        leader.Kill();

        await ClusterUnderTest.FinishesAsync(standby);
        Assert.Equal(await cluster.LocalHashAsync(problem), await cluster.HashAsync());
    }

    [SkippableFact]
    public async Task A_coordinator_that_lost_its_run_stops_and_writes_nothing_more()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Lasting);
        cluster.StartWorker();
        cluster.StartWorker();
        var first = cluster.StartRun(problem);
        await cluster.ReachesAsync(50, first);
        var second = cluster.StartRun(problem, "--takeover");

        await ClusterUnderTest.FinishesAsync(first, expected: 1);
        Assert.Contains("was taken over", first.Errors, StringComparison.Ordinal);
        await ClusterUnderTest.FinishesAsync(second);
        Assert.Equal(await cluster.LocalHashAsync(problem), await cluster.HashAsync());
        Assert.Contains("Intact", await cluster.CommandAsync("runs", "verify", cluster.Run), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_second_coordinator_is_refused_while_the_first_lives()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Lasting);
        cluster.StartWorker();
        var first = cluster.StartRun(problem);
        await cluster.ReachesAsync(50, first);
        var second = cluster.StartRun(problem);
        Assert.Equal(1, await second.ExitAsync(ClusterUnderTest.Patience));
        Assert.Contains("is in use by", second.Errors, StringComparison.Ordinal);
        first.Kill();
    }
}
