using Calibrate.Runtime.Coordination;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Runtime.Tests.Reading;

public class RunFollowerTests
{
    private static readonly RunId Run = RunId.Parse("followed");

    private readonly InMemoryJournal journal = new();

    [Fact]
    public async Task Looks_add_up_to_what_a_fold_of_the_whole_journal_says()
    {
        var follower = new RunFollower(journal, Run);
        foreach (var iterations in new[] { 50, 120, 300 })
        {
            await SampleAsync(iterations);
            await follower.LookAsync();
            var whole = await RunRecovery.ReplayAsync(journal, Run, method: null);
            Assert.Equal(iterations, follower.State!.ResultIteration);
            Assert.Equal((whole!.WalkerSteps, whole.Accepted, whole.Evaluations, whole.Seconds), (follower.State.WalkerSteps, follower.State.Accepted, follower.State.Evaluations, follower.State.Seconds));
            var position = follower.Position;
            await follower.LookAsync();
            Assert.Equal(position, follower.Position);
        }
    }

    [Fact]
    public async Task A_run_made_again_under_its_name_is_told_and_followed_from_its_beginning()
    {
        var follower = new RunFollower(journal, Run);
        await SampleAsync(300);
        Assert.False(await follower.LookAsync());
        await journal.DeleteAsync(Run);
        await SampleAsync(50);
        Assert.True(await follower.LookAsync());
        Assert.Equal(50, follower.State!.ResultIteration);
        Assert.False(await follower.LookAsync());
    }

    [Fact]
    public async Task A_run_that_is_gone_is_an_error_and_the_next_look_starts_anew()
    {
        var follower = new RunFollower(journal, Run);
        await Assert.ThrowsAsync<JournalNotFoundException>(() => follower.LookAsync());
        await SampleAsync(50);
        await follower.LookAsync();
        await journal.DeleteAsync(Run);
        await Assert.ThrowsAsync<JournalNotFoundException>(() => follower.LookAsync());
        Assert.Null(follower.State);
        await SampleAsync(60);
        Assert.False(await follower.LookAsync());
        Assert.Equal(60, follower.State!.ResultIteration);
    }

    [Fact]
    public async Task A_run_that_was_created_and_never_started_has_no_state()
    {
        await using (await journal.AcquireAsync(Run, new AcquireOptions { Owner = "test", CreateIfMissing = true }))
        {
        }

        var follower = new RunFollower(journal, Run);
        await follower.LookAsync();
        Assert.Null(follower.State);
        Assert.Equal(0, follower.Position);
    }

    private async Task SampleAsync(int iterations) =>
        await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(Run, new ConjugateProblem { Iterations = iterations }.Build()));
}
