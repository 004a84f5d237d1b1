using System.Net;
using System.Text.Json.Nodes;
using Calibrate.Dashboard.Projections;
using Calibrate.Dashboard.Tests.Support;

namespace Calibrate.Dashboard.Tests.Api;

public sealed class StreamEndpointTests : IAsyncLifetime
{
    private readonly DashboardUnderTest dashboard = new();

    public Task InitializeAsync() => dashboard.InitializeAsync();

    public Task DisposeAsync() => dashboard.DisposeAsync();

    [Fact]
    public async Task A_watcher_is_told_where_the_run_stands_and_what_its_draws_say()
    {
        using var friend = dashboard.Friend();
        var messages = await ReadAsync(friend, "status", "draws");
        Assert.Equal("completed", (string?)messages["status"]["status"]);

        var draws = messages["draws"];
        Assert.Equal(1000, (int?)draws["iteration"]);
        Assert.Equal(200, (int?)draws["warm_up"]);
        Assert.Equal(["mu", "twice", "log_posterior"], draws["quantities"]!.AsArray().Select(quantity => (string)quantity!["name"]!));
        var complaints = new OpenApiDocument().Complaints("/api/runs/{run}/draws", "GET", 200, draws, "application/json");
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task So_many_may_watch_and_no_more()
    {
        using var friend = dashboard.Friend();
        List<HttpResponseMessage> watchers = [];
        try
        {
            for (var i = 0; i < RunWatches.MostWatchers; i++)
            {
                watchers.Add(await friend.GetAsync(new Uri("/api/runs/demo/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead));
                Assert.Equal(HttpStatusCode.OK, watchers[i].StatusCode);
            }

            using var tooMany = await friend.GetAsync(new Uri("/api/runs/demo/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, tooMany.StatusCode);
            Assert.True(tooMany.Headers.Contains("Retry-After"));
        }
        finally
        {
            watchers.ForEach(watcher => watcher.Dispose());
        }
    }

    [Fact]
    public async Task A_run_that_does_not_exist_is_not_watched()
    {
        using var friend = dashboard.Friend();
        using var answer = await friend.GetAsync(new Uri("/api/runs/nobody/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static async Task<Dictionary<string, JsonNode>> ReadAsync(HttpClient client, params string[] wanted)
    {
        using var answer = await client.GetAsync(new Uri("/api/runs/demo/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Dictionary<string, JsonNode> messages = [];
        var topic = "";
        while (!wanted.All(messages.ContainsKey) && await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                topic = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                messages[topic] = JsonNode.Parse(line["data: ".Length..])!;
            }
        }

        return messages;
    }
}
