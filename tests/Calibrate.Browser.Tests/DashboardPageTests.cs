using Calibrate.Browser.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Calibrate.Browser.Tests;

[Collection(ChromiumCollection.Name)]
public sealed class DashboardPageTests(Chromium chromium, LiveRun live) : IClassFixture<LiveRun>
{
    [SkippableFact]
    public async Task A_live_run_is_shown_paused_and_resumed()
    {
        await using var watched = await OpenRunAsync();
        var page = watched.Page;

        await Expect(page.Locator("#status")).ToHaveTextAsync("running");
        await ExpectPlotsAsync(page);
        await Expect(page.Locator("#estimates tbody tr")).ToHaveCountAsync(3);
        await Expect(page.Locator("#nodes table").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause" }).ClickAsync();
        await Expect(page.Locator("#status")).ToHaveTextAsync("paused");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Expect(page.Locator("#status")).ToHaveTextAsync("running");
        var before = await page.Locator("#figures").InnerTextAsync();
        await Expect(page.Locator("#figures")).Not.ToHaveTextAsync(before, new() { UseInnerText = true });

        await watched.PictureAsync("dashboard-run");
        watched.AssertClean();
    }

    [SkippableFact]
    public async Task Everything_can_be_done_with_the_keyboard_alone()
    {
        await using var watched = await WatchedPage.OpenAsync(chromium.Browser, live.Address);
        var page = watched.Page;
        await page.GotoAsync(live.EntryAddress);
        await Expect(page.Locator("#runs tbody tr")).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(":focus")).ToHaveTextAsync("Skip to the runs");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "a", "live");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#status")).ToHaveTextAsync("running");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Pause" })).ToBeEnabledAsync();

        await TabToAsync(page, "button", "Pause");
        Assert.NotEqual("none", await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#status")).ToHaveTextAsync("paused");

        // The button that undoes it has the focus now.
        await Expect(page.Locator(":focus")).ToHaveTextAsync("Resume");
        await page.Keyboard.PressAsync("Space");
        await Expect(page.Locator("#status")).ToHaveTextAsync("running");

        await TabToAsync(page, "button", "Stop");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#stop-dialog")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#stop-dialog")).ToBeHiddenAsync();
        await Expect(page.Locator("#status")).ToHaveTextAsync("running");
        watched.AssertClean();
    }

    [SkippableFact]
    public async Task An_extension_is_told_to_the_run()
    {
        await using var watched = await OpenRunAsync();
        var page = watched.Page;
        await Expect(page.GetByLabel("Extend to iterations")).ToBeEnabledAsync();
        await page.GetByLabel("Extend to iterations").FillAsync("250000");
        await page.GetByLabel("Extend to iterations").PressAsync("Enter");
        await Expect(page.Locator("#figures")).ToContainTextAsync("of 250,000");
        watched.AssertClean();
    }

    [SkippableFact]
    public async Task Names_and_labels_with_markup_are_shown_as_text()
    {
        await using var watched = await OpenRunAsync();
        var page = watched.Page;
        page.Dialog += (_, dialog) => Assert.Fail($"A label was run as a script: {dialog.Message}");
        await Expect(page.Locator("#estimates tbody th").First).ToHaveTextAsync("<img src=x onerror=alert(1)> feedback (W m-2 <i>K-1</i>)");
        Assert.Equal(0, await page.Locator("img, #estimates i").CountAsync());
        watched.AssertClean();
    }

    [SkippableTheory]
    [InlineData("phone", 390, 844, ColorScheme.Light)]
    [InlineData("phone-dark", 390, 844, ColorScheme.Dark)]
    [InlineData("dark", 1280, 900, ColorScheme.Dark)]
    public async Task The_pages_can_be_read_on_a_phone_and_in_the_dark(string name, int width, int height, ColorScheme scheme)
    {
        await using var watched = await WatchedPage.OpenAsync(chromium.Browser, live.Address, width, height, scheme);
        await watched.Page.GotoAsync(live.EntryAddress);
        await Expect(watched.Page.Locator("#runs tbody tr")).ToHaveCountAsync(1);
        Assert.False(await watched.IsTooWideAsync());
        await watched.PictureAsync($"dashboard-list-{name}");

        await watched.Page.GetByRole(AriaRole.Link, new() { Name = "live" }).ClickAsync();
        await ExpectPlotsAsync(watched.Page);
        Assert.False(await watched.IsTooWideAsync());
        var ground = await watched.Page.EvaluateAsync<int>("() => Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])");
        Assert.Equal(scheme == ColorScheme.Dark, ground < 128);
        await watched.PictureAsync($"dashboard-run-{name}");
        watched.AssertClean();
    }

    [SkippableFact]
    public async Task A_stranger_sees_nothing()
    {
        await using var watched = await WatchedPage.OpenAsync(chromium.Browser, live.Address);
        var answer = await watched.Page.GotoAsync(live.Address);
        Assert.Equal(401, answer!.Status);
        await Expect(watched.Page.Locator("body")).ToContainTextAsync("calibrate dashboard");
    }

    private async Task<WatchedPage> OpenRunAsync()
    {
        var watched = await WatchedPage.OpenAsync(chromium.Browser, live.Address);
        await watched.Page.GotoAsync(live.EntryAddress);
        Assert.Equal(live.Address, watched.Page.Url);
        await watched.Page.GetByRole(AriaRole.Link, new() { Name = "live" }).ClickAsync();
        await Expect(watched.Page.Locator("h1")).ToHaveTextAsync("live");
        return watched;
    }

    // Two quantities and the log posterior, each with a trace of several walkers and a density.
    private static async Task ExpectPlotsAsync(IPage page)
    {
        await Expect(page.Locator("#cards .card")).ToHaveCountAsync(3);
        for (var card = 0; card < 3; card++)
        {
            var figures = page.Locator("#cards .card").Nth(card).Locator("figure");
            await Expect(figures.First.Locator("path.mark")).ToHaveCountAsync(8);
            await Expect(figures.Last.Locator("path.area")).ToHaveCountAsync(1);
        }

        await Expect(page.Locator("#evolution svg path.mark").First).ToBeAttachedAsync();
    }

    private static async Task TabToAsync(IPage page, string tag, string text)
    {
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("([tag, text]) => document.activeElement.matches(tag) && document.activeElement.textContent === text", new[] { tag, text }))
            {
                return;
            }
        }

        Assert.Fail($"The key Tab does not reach '{text}'.");
    }
}
