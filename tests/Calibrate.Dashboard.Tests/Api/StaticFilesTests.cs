using System.Text.RegularExpressions;
using Calibrate.Dashboard.Tests.Support;

namespace Calibrate.Dashboard.Tests.Api;

public sealed class StaticFilesTests(DashboardUnderTest dashboard) : IClassFixture<DashboardUnderTest>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static IEnumerable<(string Name, string Text)> Files =>
        from name in typeof(DashboardServer).Assembly.GetManifestResourceNames()
        where name.StartsWith("wwwroot/", StringComparison.Ordinal)
        select (name["wwwroot/".Length..], Read(name));

    [Fact]
    public void Pages_have_no_script_or_style_of_their_own_and_ask_nobody_else()
    {
        foreach (var (name, text) in Files.Where(file => file.Name.EndsWith(".html", StringComparison.Ordinal)))
        {
            Assert.False(Regex.IsMatch(text, @"<script(?![^>]*\bsrc="".assets)|<style|\bon\w+=|\bstyle=|javascript:", RegexOptions.None, Patience), name);
            Assert.All(Regex.Matches(text, @"(?:src|href)=""([^""]*)""", RegexOptions.None, Patience), match => Assert.Matches("^(/|#main)", match.Groups[1].Value));
        }
    }

    [Fact]
    public void Scripts_put_text_into_the_page_and_never_markup()
    {
        foreach (var (name, text) in Files.Where(file => file.Name.EndsWith(".js", StringComparison.Ordinal)))
        {
            Assert.False(Regex.IsMatch(text, @"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|srcdoc", RegexOptions.None, Patience), name);
            Assert.False(Regex.IsMatch(text, @"https?://(?!www\.w3\.org/2000/svg)", RegexOptions.None, Patience), name);
            Assert.False(Regex.IsMatch(text, @"localStorage|sessionStorage|document\.cookie", RegexOptions.None, Patience), name);
        }
    }

    [Fact]
    public void Style_sheets_ask_nobody() =>
        Assert.All(Files.Where(file => file.Name.EndsWith(".css", StringComparison.Ordinal)), file => Assert.DoesNotMatch(@"url\(|@import", file.Text));

    [Fact]
    public async Task Every_file_that_a_page_or_script_names_is_there_with_its_type()
    {
        using var friend = dashboard.Friend();
        var named = Files.SelectMany(file => Regex.Matches(file.Text, @"(?:/assets/|from ""\./)([\w.]+)", RegexOptions.None, Patience)).Select(match => match.Groups[1].Value).ToHashSet();
        Assert.Contains("run.js", named);
        Assert.Contains("plots.js", named);
        foreach (var name in named)
        {
            using var answer = await friend.GetAsync(new Uri($"/assets/{name}", UriKind.Relative));
            Assert.True(answer.IsSuccessStatusCode, name);
            Assert.Equal(Path.GetExtension(name) switch { ".js" => "text/javascript", ".css" => "text/css", _ => "image/svg+xml" }, answer.Content.Headers.ContentType?.MediaType);
        }
    }

    private static string Read(string resource)
    {
        using var stream = typeof(DashboardServer).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
