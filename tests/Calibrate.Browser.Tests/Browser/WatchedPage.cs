using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Calibrate.Browser.Tests.Browser;

/// <summary>A page that remembers what a reader must never meet: errors on its console, requests that fail, requests to anybody else.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly string home;

    private WatchedPage(IBrowserContext context, IPage page, string home)
    {
        this.context = context;
        this.home = home;
        Page = page;
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, $"error: {error}");
        page.Request += (_, request) => Note(IsForeign(request.Url), $"request to somebody else: {request.Url}");
        page.Response += (_, response) => Note(response.Status >= 400, $"{response.Status} {response.Url}");
    }

    public IPage Page { get; }

    /// <summary>What went wrong so far.</summary>
    public ConcurrentQueue<string> Complaints { get; } = [];

    /// <summary>Opens a page.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="home">All that the page may ask for begins with this.</param>
    /// <param name="width">Width of the window in pixels.</param>
    /// <param name="height">Its height.</param>
    /// <param name="scheme">Light or dark.</param>
    public static async Task<WatchedPage> OpenAsync(IBrowser browser, string home, int width = 1280, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var opened = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            IsMobile = width < 600,
            HasTouch = width < 600,
            DeviceScaleFactor = width < 600 ? 2 : 1,
        });
        opened.SetDefaultTimeout(30_000);
        return new WatchedPage(opened, await opened.NewPageAsync(), home);
    }

    /// <summary>Keeps a picture of the whole page.</summary>
    public Task PictureAsync(string name) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Chromium.Pictures, $"{name}.png"), FullPage = true });

    public void AssertClean() => Assert.Empty(Complaints);

    /// <summary>Whether anything sticks out to the right, which a reader on a phone would have to scroll for.</summary>
    public Task<bool> IsTooWideAsync() => Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > innerWidth + 1");

    public async ValueTask DisposeAsync() => await context.DisposeAsync();

    private bool IsForeign(string url) => !url.StartsWith(home, StringComparison.Ordinal) && !url.StartsWith("data:", StringComparison.Ordinal) && !url.StartsWith("blob:", StringComparison.Ordinal);

    private void Note(bool isWrong, string complaint)
    {
        if (isWrong)
        {
            Complaints.Enqueue(complaint);
        }
    }
}
