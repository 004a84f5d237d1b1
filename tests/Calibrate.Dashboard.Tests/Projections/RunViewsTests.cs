using System.Globalization;
using Calibrate.Dashboard.Projections;
using Calibrate.Dashboard.Tests.Support;
using Calibrate.Runtime;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Dashboard.Tests.Projections;

public class RunViewsTests
{
    [Fact]
    public async Task A_view_holds_what_the_state_holds_and_stays_as_it_is_when_that_changes()
    {
        var journal = new InMemoryJournal();
        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, TestProblems.FiveMoves);
        var follower = new RunFollower(journal, DashboardUnderTest.Demo);
        await follower.LookAsync();
        var state = follower.State!;
        var view = RunViews.Of(DashboardUnderTest.Demo, state, new RunPace());

        Assert.Equal(("completed", 60, 60), (view.Status, view.Iteration, view.Iterations));
        Assert.Equal(state.Identity.Seed.ToString(CultureInfo.InvariantCulture), view.Seed);
        Assert.Equal(state.WalkerSteps, view.WalkerSteps);
        Assert.NotEmpty(view.Failures);
        Assert.Equal(state.Failures.Counts, view.Failures);
        Assert.Equal(state.Failures.Examples.Select(example => example.Message), view.FailureExamples.Select(example => example.Message));
        Assert.NotSame(state.Failures.Counts, view.Failures);
        Assert.Equal(0, view.StepsPerSecond);
        Assert.Null(view.SecondsLeft);
    }

    [Fact]
    public void A_run_without_events_and_one_that_cannot_be_read_have_a_status_too()
    {
        Assert.Equal("unstarted", RunViews.Of(DashboardUnderTest.Demo, null, new RunPace()).Status);
        Assert.Equal(("unreadable", "torn"), (RunViews.Unreadable(DashboardUnderTest.Demo, "torn").Status, RunViews.Unreadable(DashboardUnderTest.Demo, "torn").Reason));
    }
}
