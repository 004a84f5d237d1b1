using System.Net;
using System.Text.Json.Nodes;
using Calibrate.Dashboard.Tests.Support;
using Calibrate.Runtime.Reading;

namespace Calibrate.Dashboard.Tests.Api;

public sealed class RunEndpointsTests(DashboardUnderTest dashboard) : IClassFixture<DashboardUnderTest>
{
    [Fact]
    public async Task The_list_says_where_runs_are_and_where_they_stand()
    {
        using var friend = dashboard.Friend();
        var list = JsonNode.Parse(await friend.GetStringAsync(new Uri("/api/runs", UriKind.Relative)))!;

        Assert.Equal("memory", (string?)list["place"]);
        var run = Assert.Single(list["runs"]!.AsArray())!;
        Assert.Equal("demo", (string?)run["run"]);
        Assert.Equal("completed", (string?)run["status"]);
        Assert.Equal(1000, (int?)run["iteration"]);
        Assert.Equal(2 * 16 * 1000, (int?)run["walker_steps"]);
        Assert.Equal("5", (string?)run["seed"]);
    }

    [Fact]
    public async Task A_run_says_what_can_be_downloaded_and_that_it_can_be_steered()
    {
        using var friend = dashboard.Friend();
        var page = JsonNode.Parse(await friend.GetStringAsync(new Uri("/api/runs/demo", UriKind.Relative)))!;

        Assert.True((bool?)page["can_control"]);
        Assert.Equal(["text", "broken"], page["downloads"]!.AsArray().Select(download => (string)download!["name"]!));
        using var missing = await friend.GetAsync(new Uri("/api/runs/nobody", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("There is no run \\u0027nobody\\u0027.", await missing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_summary_is_that_of_the_command_line()
    {
        using var friend = dashboard.Friend();
        var expected = RunSummaryJson.ToText(await RunSummaries.MakeAsync(dashboard.Journal, DashboardUnderTest.Demo, DashboardUnderTest.Problem));
        Assert.Equal(expected, await friend.GetStringAsync(new Uri("/api/runs/demo/summary", UriKind.Relative)));
        using var missing = await friend.GetAsync(new Uri("/api/runs/nobody/summary", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
