using System.Text.Json.Nodes;
using Calibrate.Dashboard.Projections;
using Calibrate.Dashboard.Tests.Support;
using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Control;
using Calibrate.Runtime.Journals;
using Calibrate.Testing.Journals;
using Calibrate.Testing.Problems;

namespace Calibrate.Dashboard.Tests.Projections;

public class RunWatchTests
{
    private static readonly Problem Short = new ConjugateProblem { Iterations = 200 }.Build();
    private static readonly Problem Long = new ConjugateProblem { Iterations = 500 }.Build();

    private readonly InMemoryJournal journal = new();
    private readonly ManualClock clock = new();
    private readonly ScriptedControl control = new();

    [Fact]
    public async Task What_came_since_the_last_look_is_seen_at_the_next()
    {
        var watch = new RunWatch(Sources(), DashboardUnderTest.Demo);
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal("unreadable", (string?)Message(watch, WatchTopic.Status)!["status"]);

        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, Short);
        await LookLaterAsync(watch);
        Assert.Equal(200, (int?)Message(watch, WatchTopic.Status)!["iteration"]);
        Assert.Equal(200, (int?)Message(watch, WatchTopic.Draws)!["iteration"]);

        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, Long);
        await LookLaterAsync(watch);
        Assert.Equal(500, (int?)Message(watch, WatchTopic.Draws)!["iteration"]);
        Assert.InRange((double)Message(watch, WatchTopic.Draws)!["coverage"]!, 0.85, 1);
    }

    [Fact]
    public async Task A_run_that_was_deleted_and_made_again_is_another_one()
    {
        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, Long);
        var watch = new RunWatch(Sources(), DashboardUnderTest.Demo);
        await watch.LookAsync(CancellationToken.None);

        await journal.DeleteAsync(DashboardUnderTest.Demo);
        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, Short);
        await LookLaterAsync(watch);
        Assert.Equal(200, (int?)Message(watch, WatchTopic.Draws)!["iteration"]);
    }

    [Fact]
    public async Task A_problem_that_cannot_be_found_does_not_hide_where_the_run_stands()
    {
        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, Short);
        var watch = new RunWatch(Sources(_ => throw new RunException("<b>the data is elsewhere</b>")), DashboardUnderTest.Demo);
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal("completed", (string?)Message(watch, WatchTopic.Status)!["status"]);
        Assert.Equal("<b>the data is elsewhere</b>", (string?)Message(watch, WatchTopic.Trouble)!["message"]);
        Assert.Null(Message(watch, WatchTopic.Draws));
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_run_that_ended()
    {
        await DashboardUnderTest.RunAsync(journal, DashboardUnderTest.Demo, Short);
        await new RunWatch(Sources(), DashboardUnderTest.Demo).LookAsync(CancellationToken.None);
        Assert.Empty(control.Asked);
    }

    [Fact]
    public async Task A_run_without_anybody_who_drives_it_says_so()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await new RunHost(journal, TimeProvider.System).RunAsync(new RunRequest(DashboardUnderTest.Demo, Long), stop.Token);
        control.Reply = new ControlReply(ControlResult.Unreachable, "It does not answer.");
        var watch = new RunWatch(Sources(), DashboardUnderTest.Demo);
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal("It does not answer.", (string?)Message(watch, WatchTopic.Status)!["note"]);
        Assert.Equal(new ControlRequest.Status(), Assert.Single(control.Asked).Request);
    }

    private DashboardSources Sources(Func<RunId, Problem>? load = null) => new()
    {
        Journal = journal,
        Place = "memory",
        LoadProblemAsync = (run, _) => Task.FromResult(load is null ? Short : load(run)),
        Control = control,
        Clock = clock,
    };

    private Task LookLaterAsync(RunWatch watch)
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        return watch.LookAsync(CancellationToken.None);
    }

    private static JsonNode? Message(RunWatch watch, WatchTopic topic) =>
        watch.Board.Since(0).News.Where(message => message.Topic == topic).Select(message => JsonNode.Parse(message.Body.Span)).SingleOrDefault();
}
