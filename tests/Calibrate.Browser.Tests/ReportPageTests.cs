using Calibrate.Browser.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Calibrate.Browser.Tests;

[Collection(ChromiumCollection.Name)]
public sealed class ReportPageTests(Chromium chromium, FinishedRun finished) : IClassFixture<FinishedRun>
{
    private const string Figures = ".plot[data-figure]";

    [SkippableFact]
    public async Task A_report_opens_from_the_disk_with_marks_in_every_figure_and_asks_nobody()
    {
        await using var watched = await OpenAsync();
        var count = await watched.Page.Locator(Figures).CountAsync();
        Assert.InRange(count, 6, 30);
        for (var i = 0; i < count; i++)
        {
            var figure = watched.Page.Locator(Figures).Nth(i);
            Assert.True(await HasMarksAsync(figure), $"figure {i} is empty: {await figure.InnerTextAsync()}");
        }

        await watched.PictureAsync("report");
        watched.AssertClean();
    }

    [SkippableTheory]
    [InlineData("phone", 390, 844, ColorScheme.Light)]
    [InlineData("dark", 1280, 900, ColorScheme.Dark)]
    public async Task A_report_can_be_read_on_a_phone_and_in_the_dark(string name, int width, int height, ColorScheme scheme)
    {
        await using var watched = await OpenAsync(width, height, scheme);
        Assert.False(await watched.IsTooWideAsync());
        await watched.PictureAsync($"report-{name}");
        watched.AssertClean();
    }

    [SkippableFact]
    public async Task Markup_in_a_label_is_text()
    {
        await using var watched = await OpenAsync();
        watched.Page.Dialog += (_, dialog) => Assert.Fail($"A label was run as a script: {dialog.Message}");
        await Expect(watched.Page.Locator("body")).ToContainTextAsync("<img src=x onerror=alert(1)>");
        Assert.Equal(0, await watched.Page.Locator("img[src=x]").CountAsync());
        watched.AssertClean();
    }

    private async Task<WatchedPage> OpenAsync(int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var watched = await WatchedPage.OpenAsync(chromium.Browser, "file://", width, height, scheme);
        await watched.Page.GotoAsync(new Uri(finished.Report).AbsoluteUri);
        await Expect(watched.Page.Locator("html")).ToHaveAttributeAsync("data-figures", "drawn");
        return watched;
    }

    // Anything that plotly draws data with: lines, points, bars, contours, pictures of densities.
    private static Task<bool> HasMarksAsync(ILocator figure) => figure.EvaluateAsync<bool>(
        "figure => figure.querySelectorAll('.cartesianlayer :is(.js-line, .js-fill, .point, .contour path, image)').length > 0");
}
