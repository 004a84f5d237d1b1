using System.Net;
using Calibrate.Dashboard.Tests.Support;

namespace Calibrate.Dashboard.Tests.Api;

public sealed class DownloadEndpointsTests(DashboardUnderTest dashboard) : IClassFixture<DashboardUnderTest>
{
    [Fact]
    public async Task A_file_is_made_and_sent_as_an_attachment_that_may_do_nothing()
    {
        using var friend = dashboard.Friend();
        using var answer = await friend.GetAsync(new Uri("/api/runs/demo/downloads/text", UriKind.Relative));

        Assert.Equal("draws of demo", await answer.Content.ReadAsStringAsync());
        Assert.Equal("attachment; filename=\"demo.txt\"", Assert.Single(answer.Content.Headers.GetValues("Content-Disposition")));
        Assert.EndsWith("sandbox", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_file_that_cannot_be_made_says_why()
    {
        using var friend = dashboard.Friend();
        using var answer = await friend.GetAsync(new Uri("/api/runs/demo/downloads/broken", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("there are no draws yet", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_left_in_the_temporary_folder()
    {
        using var friend = dashboard.Friend();
        using var made = await friend.GetAsync(new Uri("/api/runs/demo/downloads/text", UriKind.Relative));
        using var broken = await friend.GetAsync(new Uri("/api/runs/demo/downloads/broken", UriKind.Relative));
        Assert.DoesNotContain(
            Directory.EnumerateDirectories(Path.GetTempPath(), "calibrate-dashboard-*"), folder => File.Exists(Path.Combine(folder, "demo.txt")));
    }
}
