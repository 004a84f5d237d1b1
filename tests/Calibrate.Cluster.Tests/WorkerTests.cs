using Calibrate.Cluster.Tests.Processes;

namespace Calibrate.Cluster.Tests;

/// <summary>Workers come, go, die and freeze; the chain is that of an undisturbed local run.</summary>
public class WorkerTests
{
    [SkippableFact]
    public async Task Three_workers_sample_the_chain_of_the_local_engine()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Brief);
        for (var i = 0; i < 3; i++)
        {
            cluster.StartWorker();
        }

        await ClusterUnderTest.FinishesAsync(cluster.StartRun(problem));
        Assert.Equal(await cluster.LocalHashAsync(problem), await cluster.HashAsync());
    }

    [SkippableFact]
    public async Task A_killed_worker_loses_nothing()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Lasting);
        var workers = new List<CalibrateProcess> { cluster.StartWorker(), cluster.StartWorker() };
        var run = cluster.StartRun(problem);
        for (var kill = 0; kill < 6; kill++)
        {
            await cluster.ReachesAsync(25 * (kill + 1), run);
            workers[0].Kill();
            workers.RemoveAt(0);
            workers.Add(cluster.StartWorker());
        }

        await ClusterUnderTest.FinishesAsync(run);
        Assert.Equal(await cluster.LocalHashAsync(problem), await cluster.HashAsync());
    }

    [SkippableFact]
    public async Task A_run_waits_for_workers_when_the_last_one_is_gone()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Lasting);
        var only = cluster.StartWorker();
        var run = cluster.StartRun(problem);
        await cluster.ReachesAsync(50, run);
        only.Kill();
        Assert.NotEqual(0, await only.ExitAsync(ClusterUnderTest.Patience));
        cluster.StartWorker();
        await ClusterUnderTest.FinishesAsync(run);
        Assert.Equal(await cluster.LocalHashAsync(problem), await cluster.HashAsync());
    }

    [SkippableFact]
    public async Task A_frozen_worker_is_worked_around_and_its_late_answers_agree()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Lasting);
        var frozen = cluster.StartWorker();
        cluster.StartWorker();
        var run = cluster.StartRun(problem);
        await cluster.ReachesAsync(50, run);
        frozen.Freeze();
        var then = await cluster.ReachesAsync(0, run);
        await cluster.ReachesAsync(then + 50, run);
        frozen.Thaw();
        await ClusterUnderTest.FinishesAsync(run);
        Assert.Equal(await cluster.LocalHashAsync(problem), await cluster.HashAsync());
    }

    [SkippableFact]
    public async Task A_worker_that_is_asked_to_stop_hands_its_work_back_and_exits_cleanly()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Lasting);
        var leaving = cluster.StartWorker();
        cluster.StartWorker();
        var run = cluster.StartRun(problem);
        await cluster.ReachesAsync(50, run);
        leaving.Terminate();
        Assert.Equal(0, await leaving.ExitAsync(ClusterUnderTest.Patience));
        await ClusterUnderTest.FinishesAsync(run);
        Assert.Equal(await cluster.LocalHashAsync(problem), await cluster.HashAsync());
    }
}
