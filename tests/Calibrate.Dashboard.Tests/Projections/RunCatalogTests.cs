using Calibrate.Dashboard.Projections;
using Calibrate.Dashboard.Tests.Support;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Dashboard.Tests.Projections;

public class RunCatalogTests
{
    private readonly InMemoryJournal journal = new();
    private readonly ManualClock clock = new();

    [Fact]
    public async Task Runs_are_listed_by_name_and_one_that_cannot_be_read_says_why()
    {
        using var catalog = new RunCatalog(journal, clock);
        await DashboardUnderTest.RunAsync(journal, RunId.Parse("b"), new ConjugateProblem { Iterations = 100 }.Build());
        await using (await journal.AcquireAsync(RunId.Parse("c"), new AcquireOptions { Owner = "test", CreateIfMissing = true }))
        {
        }

        await using (var writer = await journal.AcquireAsync(RunId.Parse("a"), new AcquireOptions { Owner = "test", CreateIfMissing = true }))
        {
            await writer.AppendAsync([new JournalEvent(99, new byte[3])], durable: true);
        }

        var runs = await catalog.ReadAsync(CancellationToken.None);
        Assert.Equal([("a", "unreadable"), ("b", "completed"), ("c", "unstarted")], runs.Select(run => (run.Run, run.Status)));
        Assert.Contains("later one", runs[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_looked_at_again_when_that_is_long_ago_and_what_is_gone_is_gone_at_once()
    {
        using var catalog = new RunCatalog(journal, clock);
        Assert.Empty(await catalog.ReadAsync(CancellationToken.None));
        Assert.Null(await catalog.FindAsync(DashboardUnderTest.Demo, CancellationToken.None));
        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, new ConjugateProblem { Iterations = 100 }.Build());
        Assert.Equal(100, (await catalog.FindAsync(DashboardUnderTest.Demo, CancellationToken.None))!.Iteration);
        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, new ConjugateProblem { Iterations = 150 }.Build());
        Assert.Equal(100, Assert.Single(await catalog.ReadAsync(CancellationToken.None)).Iteration);
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(150, Assert.Single(await catalog.ReadAsync(CancellationToken.None)).Iteration);
        await journal.DeleteAsync(DashboardUnderTest.Demo);
        Assert.Empty(await catalog.ReadAsync(CancellationToken.None));
        Assert.False(await catalog.ExistsAsync(DashboardUnderTest.Demo, CancellationToken.None));
    }
}
