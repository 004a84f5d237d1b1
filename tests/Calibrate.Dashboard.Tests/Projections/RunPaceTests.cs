using Calibrate.Dashboard.Projections;
using Calibrate.Dashboard.Tests.Support;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Dashboard.Tests.Projections;

public class RunPaceTests
{
    [Fact]
    public async Task The_pace_is_walker_steps_over_active_time_between_looks()
    {
        var journal = new InMemoryJournal();
        var follower = new RunFollower(journal, DashboardUnderTest.Demo);
        var pace = new RunPace();
        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, new ConjugateProblem { Iterations = 100 }.Build());
        await follower.LookAsync();
        var before = (follower.State!.Seconds, follower.State.WalkerSteps);
        pace.Note(follower.State);
        Assert.Equal(0, pace.StepsPerSecond);
        Assert.Null(pace.SecondsLeft(follower.State));

        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, new ConjugateProblem { Iterations = 5000 }.Build());
        await follower.LookAsync();
        pace.Note(follower.State!);
        Assert.Equal((follower.State!.WalkerSteps - before.WalkerSteps) / (follower.State.Seconds - before.Seconds), pace.StepsPerSecond, 1e-6);
        Assert.Equal(0, pace.SecondsLeft(follower.State));
    }
}
