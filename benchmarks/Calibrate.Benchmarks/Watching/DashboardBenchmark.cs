using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Calibrate.Benchmarks.Journal;

namespace Calibrate.Benchmarks.Watching;

/// <summary>
/// What a dashboard costs, with real processes: <c>calibrate dashboard</c> over a finished run of 20 million walker steps in ten dimensions with every draw
/// journaled (1.8 GB), how long until its page has its numbers and its plots, after a start and again; then over a run of the same kind that goes on at full
/// speed, how much of one core the dashboard takes while a page watches. Argument: seconds to watch (30). Goals: 1 s and 5 %.
/// </summary>
internal static class DashboardBenchmark
{
    private const int Warming = 5;
    private const int DefaultSeconds = 30;
    private const int EndlessIterations = 100_000_000;

    public static int Run(string[] arguments) => RunAsync(arguments.Length > 0 ? int.Parse(arguments[0], System.Globalization.CultureInfo.InvariantCulture) : DefaultSeconds).GetAwaiter().GetResult();

    private static async Task<int> RunAsync(int seconds)
    {
        using var place = new BenchmarkRuns();
        var problem = Path.Combine(place.Path, "gaussian.yaml");
        await File.WriteAllTextAsync(problem, ProblemText);
        var runs = Path.Combine(place.Path, "runs");
        using (var sampling = Start("run", problem, "--runs-dir", runs, "--name", "large", "--quiet"))
        {
            await sampling.StandardOutput.ReadToEndAsync();
            await sampling.WaitForExitAsync();
        }

        var megabytes = place.Bytes / 1e6;
        var cold = TryEmptyPageCache();
        using var dashboard = Start("dashboard", "--port", "0", "--runs-dir", runs);
        using var endless = new EndlessRun();
        try
        {
            using var page = await OpenAsync(dashboard);
            var first = await PaintAsync(page, "large");
            var again = await PaintAsync(page, "large");
            endless.Process = Start("run", problem, "--runs-dir", runs, "--name", "live", "--quiet", "--iterations", $"{EndlessIterations}");
            var live = await WatchAsync(page, dashboard, seconds);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "dashboard",
                journal_megabytes = megabytes,
                first_from_disk = cold,
                first_numbers_seconds = first.Numbers,
                first_plots_seconds = first.Plots,
                again_numbers_seconds = again.Numbers,
                again_plots_seconds = again.Plots,
                live_steps_per_second = live.StepsPerSecond,
                live_share_of_one_core = live.Share,
                resident_megabytes = dashboard.WorkingSet64 / 1e6,
                machine = Machine.Description,
            }));
        }
        finally
        {
            dashboard.Kill();
        }

        return 0;
    }

    private const string ProblemText = """
        model: {name: gaussian, options: {dimension: 10, correlation: 0.5}}
        parameters:
          x1: uniform(-50, 50)
          x2: uniform(-50, 50)
          x3: uniform(-50, 50)
          x4: uniform(-50, 50)
          x5: uniform(-50, 50)
          x6: uniform(-50, 50)
          x7: uniform(-50, 50)
          x8: uniform(-50, 50)
          x9: uniform(-50, 50)
          x10: uniform(-50, 50)
        method: {ensembles: 4, walkers: 40, iterations: 125000, seed: 3}
        """;

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var argument in (string[])["exec", Path.Combine(AppContext.BaseDirectory, "Calibrate.TestHost.dll"), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    // As a browser does: the address that was printed gives a cookie.
    private static async Task<HttpClient> OpenAsync(Process dashboard)
    {
        var line = await dashboard.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The dashboard printed nothing.");
        var entry = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..]);
        var page = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(entry, "/") };
        (await page.GetAsync(entry)).EnsureSuccessStatusCode();
        return page;
    }

    // What the page asks for, in its order, until it has numbers and until it has plots.
    private static async Task<(double Numbers, double Plots)> PaintAsync(HttpClient page, string run)
    {
        var start = Stopwatch.GetTimestamp();
        await page.GetByteArrayAsync(new Uri($"/runs/{run}", UriKind.Relative));
        foreach (var asset in new[] { "style.css", "run.js", "api.js", "dom.js", "draws.js", "format.js", "status.js", "summary.js", "plots.js", "scale.js" })
        {
            await page.GetByteArrayAsync(new Uri($"/assets/{asset}", UriKind.Relative));
        }

        await page.GetByteArrayAsync(new Uri($"/api/runs/{run}", UriKind.Relative));
        var numbers = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var events = await EventsAsync(page, run);
        while (await events.ReadLineAsync() is { } line && line != "event: draws")
        {
        }

        return (numbers, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static async Task<(double Share, double StepsPerSecond)> WatchAsync(HttpClient page, Process dashboard, int seconds)
    {
        while (!(await page.GetAsync(new Uri("/api/runs/live", UriKind.Relative))).IsSuccessStatusCode)
        {
            await Task.Delay(500);
        }

        using var events = await EventsAsync(page, "live");
        var reading = Task.Run(async () =>
        {
            var last = 0.0;
            while (await ReadLineAsync(events) is { } line)
            {
                if (line.StartsWith("data: {\"run\"", StringComparison.Ordinal))
                {
                    using var status = JsonDocument.Parse(line["data: ".Length..]);
                    last = Math.Max(last, status.RootElement.GetProperty("steps_per_second").GetDouble());
                }
            }

            return last;
        });
        await Task.Delay(TimeSpan.FromSeconds(Warming));
        dashboard.Refresh();
        var (before, start) = (dashboard.TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        dashboard.Refresh();
        var share = (dashboard.TotalProcessorTime - before) / Stopwatch.GetElapsedTime(start);
        events.Dispose();
        return (share, await reading);
    }

    private static async Task<string?> ReadLineAsync(StreamReader events)
    {
        try
        {
            return await events.ReadLineAsync();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            return null;
        }
    }

    private static async Task<StreamReader> EventsAsync(HttpClient page, string run) =>
        new(await page.GetStreamAsync(new Uri($"/api/runs/{run}/events", UriKind.Relative)));

    /// <summary>So that the first look comes from the disk; needs Linux and root.</summary>
    private static bool TryEmptyPageCache()
    {
        try
        {
            File.WriteAllText("/proc/sys/vm/drop_caches", "1");
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private sealed class EndlessRun : IDisposable
    {
        public Process? Process { get; set; }

        public void Dispose()
        {
            Process?.Kill();
            Process?.WaitForExit();
            Process?.Dispose();
        }
    }
}
