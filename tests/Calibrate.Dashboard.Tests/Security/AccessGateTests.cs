using System.Net;
using Calibrate.Dashboard.Security;
using Calibrate.Dashboard.Tests.Support;

namespace Calibrate.Dashboard.Tests.Security;

public sealed class AccessGateTests(DashboardUnderTest dashboard) : IClassFixture<DashboardUnderTest>
{
    private static readonly string[] Verbs = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY", "get"];

    private static IEnumerable<string> Paths =>
        [.. new OpenApiDocument().Operations.Select(operation => OpenApiDocument.Example(operation.Path)).Distinct(), "/nothing", "/api/runs/nobody", "/api/runs/demo/"];

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic Y2FsaWJyYXRlOnNlY3JldA==")]
    public async Task Nothing_is_told_or_done_without_the_token_whatever_the_path_and_the_verb(string? authorization)
    {
        using var stranger = dashboard.Stranger();
        dashboard.Control.Asked.Clear();
        foreach (var path in Paths)
        {
            foreach (var verb in Verbs)
            {
                using var request = DashboardUnderTest.Request(verb, path, ("Origin", DashboardUnderTest.Origin), ("Cookie", "calibrate-dashboard-8750=wrong"));
                if (authorization is not null)
                {
                    request.Headers.TryAddWithoutValidation("Authorization", authorization);
                }

                using var answer = await stranger.SendAsync(request);
                Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{verb} {path}: {answer.StatusCode}");
                Assert.DoesNotContain("memory", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }

        Assert.Empty(dashboard.Control.Asked);
    }

    [Fact]
    public async Task With_the_token_a_path_answers_its_documented_verbs_and_refuses_all_others()
    {
        using var friend = dashboard.Friend();
        var operations = new OpenApiDocument().Operations.ToLookup(operation => OpenApiDocument.Example(operation.Path), operation => operation.Verb);
        foreach (var path in operations.Where(path => !path.Key.EndsWith("/events", StringComparison.Ordinal)))
        {
            foreach (var verb in Verbs)
            {
                using var request = DashboardUnderTest.Request(verb, path.Key);
                using var answer = await friend.SendAsync(request);
                Assert.True(
                    path.Contains(verb.ToUpperInvariant()) ? answer.StatusCode != HttpStatusCode.MethodNotAllowed : answer.StatusCode == HttpStatusCode.MethodNotAllowed,
                    $"{verb} {path.Key}: {answer.StatusCode}");
            }
        }
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example:8750")]
    [InlineData("localhost.evil.example")]
    [InlineData("0x7f000001:8750")]
    [InlineData("2130706433")]
    [InlineData("127.1")]
    [InlineData("10.0.0.1:8750")]
    [InlineData("user@127.0.0.1")]
    public async Task A_page_that_gave_its_own_name_this_address_gets_nothing_even_with_the_token(string host)
    {
        using var friend = dashboard.Friend();
        foreach (var path in Paths)
        {
            using var request = DashboardUnderTest.Request("GET", path, ("Host", host));
            using var answer = await friend.SendAsync(request);
            Assert.True(answer.StatusCode is HttpStatusCode.MisdirectedRequest or HttpStatusCode.BadRequest, $"{host}{path}: {answer.StatusCode}");
        }
    }

    [Theory]
    [InlineData("localhost:8750")]
    [InlineData("LOCALHOST")]
    [InlineData("127.0.0.1:8750")]
    [InlineData("[::1]:8750")]
    public async Task This_machines_own_names_are_answered(string host)
    {
        using var friend = dashboard.Friend();
        using var request = DashboardUnderTest.Request("GET", "/api/runs", ("Host", host));
        using var answer = await friend.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_address_that_was_printed_gives_a_cookie_that_scripts_cannot_read_and_takes_the_token_out_of_the_address()
    {
        using var stranger = dashboard.Stranger();
        using var entry = await stranger.GetAsync(new Uri($"/runs/demo?token={dashboard.Token.Reveal()}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.SeeOther, entry.StatusCode);
        Assert.Equal("/runs/demo", entry.Headers.Location!.OriginalString);
        var cookie = Assert.Single(entry.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);

        using var request = DashboardUnderTest.Request("GET", "/api/runs", ("Cookie", cookie.Split(';')[0]));
        using var answer = await stranger.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_wrong_token_in_the_address_gives_no_cookie()
    {
        using var stranger = dashboard.Stranger();
        foreach (var query in new[] { "token=wrong", "token=", $"token={dashboard.Token.Reveal()}x", $"token={dashboard.Token.Reveal()}&token=x" })
        {
            using var answer = await stranger.GetAsync(new Uri($"/?{query}", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task The_way_in_leads_to_no_other_host()
    {
        using var stranger = dashboard.Stranger();
        foreach (var path in new[] { "//evil.example/", "/%5Cevil.example", "/\\evil.example" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{DashboardUnderTest.Origin}{path}?token={dashboard.Token.Reveal()}"));
            using var answer = await stranger.SendAsync(request);
            var location = answer.Headers.Location!.OriginalString;
            Assert.True(location[0] == '/' && location[1] is not '/' and not '\\', location);
        }
    }

    [Theory]
    [InlineData("http://evil.example", true)]
    [InlineData("http://127.0.0.1:9999", true)]
    [InlineData("https://127.0.0.1:8750", true)]
    [InlineData("null", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    public async Task A_request_that_changes_something_must_come_from_the_page_itself(string? origin, bool byCookie)
    {
        using var stranger = dashboard.Stranger();
        dashboard.Control.Asked.Clear();
        foreach (var verb in new[] { "POST", "PUT", "DELETE", "PATCH", "OPTIONS" })
        {
            using var request = DashboardUnderTest.Request(verb, "/api/runs/demo/stop", byCookie
                ? ("Cookie", $"calibrate-dashboard-8750={dashboard.Token.Reveal()}")
                : ("Authorization", $"Bearer {dashboard.Token.Reveal()}"));
            if (origin is not null)
            {
                request.Headers.TryAddWithoutValidation("Origin", origin);
            }

            using var answer = await stranger.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Empty(dashboard.Control.Asked);
    }

    [Fact]
    public async Task Every_answer_forbids_the_browser_whatever_the_page_does_not_need()
    {
        using var friend = dashboard.Friend();
        using var stranger = dashboard.Stranger();
        foreach (var client in new[] { friend, stranger })
        {
            foreach (var path in Paths.Where(path => !path.EndsWith("/events", StringComparison.Ordinal)))
            {
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
                Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
                Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
                var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
                Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
                Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
                Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
                Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
                Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
                Assert.False(answer.Headers.Contains("Server"));
            }
        }
    }

    [Fact]
    public async Task The_token_is_in_no_answer_and_no_log()
    {
        using var friend = dashboard.Friend();
        foreach (var path in Paths.Where(path => !path.EndsWith("/events", StringComparison.Ordinal)))
        {
            Assert.DoesNotContain(dashboard.Token.Reveal(), await (await friend.GetAsync(new Uri(path, UriKind.Relative))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(dashboard.Log, line => line.Contains(dashboard.Token.Reveal(), StringComparison.Ordinal));
        Assert.Equal("(hidden)", dashboard.Token.ToString());
        Assert.DoesNotContain(dashboard.Token.Reveal(), new DashboardOptions(IPAddress.Loopback, 1, dashboard.Token).ToString(), StringComparison.Ordinal);
    }
}
