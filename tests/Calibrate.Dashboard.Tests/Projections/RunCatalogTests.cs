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
    public async Task The_list_is_read_again_when_it_is_old_and_forgets_what_is_gone()
    {
        using var catalog = new RunCatalog(journal, clock);
        Assert.Empty(await catalog.ReadAsync(CancellationToken.None));
        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, new ConjugateProblem { Iterations = 100 }.Build());
        Assert.Null(await catalog.FindAsync(DashboardUnderTest.Demo, CancellationToken.None));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(100, (await catalog.FindAsync(DashboardUnderTest.Demo, CancellationToken.None))!.Iteration);
        await journal.DeleteAsync(DashboardUnderTest.Demo);
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Empty(await catalog.ReadAsync(CancellationToken.None));
    }
}
