using System.Net;
using System.Text;
using Calibrate.Dashboard.Tests.Support;
using Calibrate.Runtime.Control;

namespace Calibrate.Dashboard.Tests.Api;

public sealed class ControlEndpointsTests : IAsyncLifetime
{
    private readonly DashboardUnderTest dashboard = new();

    public Task InitializeAsync() => dashboard.InitializeAsync();

    public Task DisposeAsync() => dashboard.DisposeAsync();

    [Fact]
    public async Task Every_verb_reaches_the_coordinator_as_it_was_meant()
    {
        dashboard.Control.Reply = new ControlReply(ControlResult.Done, "done");
        using var friend = dashboard.Friend();
        foreach (var verb in new[] { "pause", "resume", "stop" })
        {
            using var answer = await friend.PostAsync(new Uri($"/api/runs/demo/{verb}", UriKind.Relative), null);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.OK, await ExtendAsync(friend, """{"iterations": 5000}"""));
        Assert.Equal(
            [new ControlRequest.Pause(), new ControlRequest.Resume(), new ControlRequest.Stop(), new ControlRequest.Extend(5000)],
            dashboard.Control.Asked.Select(asked => asked.Request));
        Assert.All(dashboard.Control.Asked, asked => Assert.Equal(DashboardUnderTest.Demo, asked.Run));
    }

    [Theory]
    [InlineData(ControlResult.Refused, HttpStatusCode.Conflict)]
    [InlineData(ControlResult.NotRunning, HttpStatusCode.Conflict)]
    [InlineData(ControlResult.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(ControlResult.Unreachable, HttpStatusCode.GatewayTimeout)]
    public async Task What_did_not_happen_is_said_with_the_coordinators_words_as_text(ControlResult result, HttpStatusCode status)
    {
        dashboard.Control.Reply = new ControlReply(result, "<b>no</b>");
        using var friend = dashboard.Friend();
        using var answer = await friend.PostAsync(new Uri("/api/runs/demo/pause", UriKind.Relative), null);
        Assert.Equal(status, answer.StatusCode);
        var body = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\\u003Cb\\u003Eno", body, StringComparison.Ordinal);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"iterations\": 0}")]
    [InlineData("{\"iterations\": -5}")]
    [InlineData("{\"iterations\": 1e99}")]
    [InlineData("{\"iterations\": \"5\"}")]
    [InlineData("not json")]
    public async Task An_extension_that_makes_no_sense_is_refused_before_anybody_is_asked(string body)
    {
        using var friend = dashboard.Friend();
        Assert.Equal(HttpStatusCode.BadRequest, await ExtendAsync(friend, body));
        Assert.Equal(HttpStatusCode.BadRequest, await ExtendAsync(friend, $"{{\"iterations\": 5, \"padding\": \"{new string('x', 2000)}\"}}"));
        Assert.Equal(HttpStatusCode.BadRequest, await ExtendAsync(friend, "{\"iterations\": 5}", "text/plain"));
        Assert.Empty(dashboard.Control.Asked);
    }

    private static async Task<HttpStatusCode> ExtendAsync(HttpClient client, string body, string type = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await client.PostAsync(new Uri("/api/runs/demo/extend", UriKind.Relative), content);
        return answer.StatusCode;
    }
}
