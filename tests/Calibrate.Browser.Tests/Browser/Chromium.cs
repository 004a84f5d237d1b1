using Microsoft.Playwright;

namespace Calibrate.Browser.Tests.Browser;

/// <summary>
/// Debian's chromium, driven by Playwright with the node that its package brings along: nothing is downloaded. Where there is no chromium the tests are
/// skipped and say so; scripts/test.sh installs it.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Variable = "CALIBRATE_TEST_CHROMIUM";
    private const string Debian = "/usr/bin/chromium";

    private IPlaywright? playwright;
    private IBrowser? browser;

    /// <summary>Where screenshots are kept to be looked at.</summary>
    public static string Pictures { get; } = Directory.CreateDirectory(Path.Combine(Root(), "artifacts", "browser")).FullName;

    private static string Program => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : Debian;

    /// <summary>The browser.</summary>
    public IBrowser Browser
    {
        get
        {
            Skip.If(browser is null, $"There is no chromium at {Program}: install Debian's package chromium, or name another with {Variable}.");
            return browser!;
        }
    }

    public async Task InitializeAsync()
    {
        if (!File.Exists(Program))
        {
            return;
        }

        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            ],
        });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Calibrate.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("Calibrate.sln stands in no folder above the tests: run them from a checkout.");
    }
}

/// <summary>One browser for all tests, which take their turns: there are two processors, and a run wants one.</summary>
[CollectionDefinition(Name)]
public sealed class ChromiumCollection : ICollectionFixture<Chromium>
{
    public const string Name = "chromium";
}
