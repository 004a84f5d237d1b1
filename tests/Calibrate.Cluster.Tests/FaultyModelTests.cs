using Calibrate.Cluster.Tests.Processes;

namespace Calibrate.Cluster.Tests;

/// <summary>Models that misbehave in a region of parameter space: each run ends with the chain that its policy promises, or with the documented pause.</summary>
public class FaultyModelTests
{
    [SkippableTheory]
    [InlineData("nan")]
    [InlineData("throw")]
    public async Task A_model_that_fails_the_same_way_everywhere_gives_the_local_chain(string fault)
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Faulty(fault));
        cluster.StartWorker();
        cluster.StartWorker();
        await ClusterUnderTest.FinishesAsync(cluster.StartRun(problem));
        Assert.Equal(await cluster.LocalHashAsync(problem), await cluster.HashAsync());
    }

    [SkippableTheory]
    [InlineData("segfault", "", "crash")]
    [InlineData("loop", "timeout: 3s", "time")]
    [InlineData("leak", "memory: 600MB", "memory")]
    public async Task A_model_that_exceeds_its_resources_pauses_the_run_and_says_where(string fault, string execution, string verdict)
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Faulty(fault, execution));
        cluster.StartWorker();
        cluster.StartWorker();
        var run = cluster.StartRun(problem);
        await ClusterUnderTest.FinishesAsync(run, expected: 3);
        Assert.Contains(verdict, run.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("x1 =", run.Errors, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_vector_that_poisons_every_worker_is_quarantined_after_three_of_them_died()
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.FaultyAtStart("segfault"));
        await using var workers = cluster.KeepWorkers(2, "--isolation", "thread");
        var run = cluster.StartRun(problem);
        await ClusterUnderTest.FinishesAsync(run, expected: 3);
        Assert.Contains("crash", run.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("x1 =", run.Errors, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("segfault", "")]
    [InlineData("loop", "timeout: 3s, ")]
    [InlineData("leak", "memory: 600MB, ")]
    public async Task A_verdict_that_rejects_counts_as_minus_infinity_and_the_run_goes_on(string fault, string execution)
    {
        await using var cluster = ClusterUnderTest.Open();
        var problem = cluster.Problem(TestProblems.Faulty(fault, execution + "verdicts: reject"));
        cluster.StartWorker();
        cluster.StartWorker();
        await ClusterUnderTest.FinishesAsync(cluster.StartRun(problem));

        // the same region, rejected by the model itself: a verdict decides nothing else
        var rejecting = cluster.Problem(TestProblems.Faulty("throw"));
        Assert.Equal(await cluster.LocalHashAsync(rejecting), await cluster.HashAsync());
    }
}
