using Calibrate.Dashboard.Projections;
using Calibrate.Dashboard.Tests.Support;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Dashboard.Tests.Projections;

public sealed class RunWatchesTests : IAsyncDisposable
{
    private readonly ManualClock clock = new();
    private readonly RunWatches watches;

    public RunWatchesTests() => watches = new RunWatches(new DashboardSources
    {
        Journal = new InMemoryJournal(),
        Place = "memory",
        LoadProblemAsync = (_, _) => Task.FromResult(new ConjugateProblem().Build()),
        Clock = clock,
    });

    public ValueTask DisposeAsync() => watches.DisposeAsync();

    [Fact]
    public void Watchers_of_a_run_share_one_watch_which_ends_some_time_after_the_last_of_them()
    {
        var first = watches.TryWatch(DashboardUnderTest.Demo)!;
        var second = watches.TryWatch(DashboardUnderTest.Demo)!;
        Assert.Same(first.Board, second.Board);
        Assert.Equal((1, 2), (watches.Count, watches.Watchers));

        first.Dispose();
        first.Dispose();
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((1, 1), (watches.Count, watches.Watchers));

        second.Dispose();
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((1, 0), (watches.Count, watches.Watchers));
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, watches.Count);
    }

    [Fact]
    public void A_page_that_is_loaded_again_finds_what_it_had()
    {
        var first = watches.TryWatch(DashboardUnderTest.Demo)!;
        var board = first.Board;
        first.Dispose();
        clock.Advance(TimeSpan.FromSeconds(5));
        using var again = watches.TryWatch(DashboardUnderTest.Demo)!;
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Same(board, again.Board);
        Assert.Equal(1, watches.Count);
    }

    [Fact]
    public void There_are_so_many_watchers_and_no_more()
    {
        var all = Enumerable.Range(0, RunWatches.MostWatchers).Select(i => watches.TryWatch(RunId.Parse($"run-{i % 3}"))).ToArray();
        Assert.DoesNotContain(null, all);
        Assert.Null(watches.TryWatch(DashboardUnderTest.Demo));
        all[0]!.Dispose();
        Assert.NotNull(watches.TryWatch(DashboardUnderTest.Demo));
    }
}
