using System.Text;
using Calibrate.Dashboard.Projections;
using Calibrate.Runtime.Journals;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Calibrate.Dashboard.Api;

/// <summary>A run as it goes on: server-sent events (WHATWG HTML, section 9.2), each a whole message on its topic, so that nothing is lost with one.</summary>
/// <param name="watches">The runs that are watched.</param>
/// <param name="catalog">All runs.</param>
/// <param name="clock">Times silences.</param>
/// <param name="stopping">The server comes to an end: streams would hold it up.</param>
internal sealed class StreamEndpoint(RunWatches watches, RunCatalog catalog, TimeProvider clock, CancellationToken stopping)
{
    // Proxies and phones drop connections that are silent for long.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task EventsAsync(HttpContext context, RunId run)
    {
        using var watching = await TryWatchAsync(context, run);
        if (watching is null)
        {
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await context.Response.Body.WriteAsync("retry: 2000\n\n"u8.ToArray(), end.Token);
            await SendAsync(context.Response.Body, watching.Board, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The watcher closed the page, or the dashboard ends.
        }
    }

    public async Task DrawsAsync(HttpContext context, RunId run)
    {
        using var watching = await TryWatchAsync(context, run);
        if (watching is null)
        {
            return;
        }

        try
        {
            var draws = watching.Board.ReadAsync(WatchTopic.Draws, context.RequestAborted);
            var trouble = watching.Board.ReadAsync(WatchTopic.Trouble, context.RequestAborted);
            var first = await Task.WhenAny(draws, trouble).WaitAsync(Patience, clock, context.RequestAborted);
            await (first == draws
                ? Answer.WriteAsync(context, "application/json", await draws)
                : Answer.RefuseAsync(context, StatusCodes.Status409Conflict, "The draws cannot be shown: the problem of the run cannot be read here."));
        }
        catch (TimeoutException)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The run has no draws yet, or they could not be read in time.");
        }
    }

    private async Task SendAsync(Stream body, WatchBoard board, CancellationToken end)
    {
        var number = 0L;
        while (true)
        {
            var (news, last, next) = board.Since(number);
            number = last;
            foreach (var (topic, message) in news)
            {
                await body.WriteAsync(Encoding.ASCII.GetBytes($"event: {NameOf(topic)}\ndata: "), end);
                await body.WriteAsync(message, end);
                await body.WriteAsync("\n\n"u8.ToArray(), end);
            }

            await body.FlushAsync(end);
            try
            {
                await next.WaitAsync(Silence, clock, end);
            }
            catch (TimeoutException)
            {
                await body.WriteAsync(": still here\n\n"u8.ToArray(), end);
            }
        }
    }

    private async Task<Watching?> TryWatchAsync(HttpContext context, RunId run)
    {
        if (!await catalog.ExistsAsync(run, context.RequestAborted))
        {
            await Answer.RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no run '{run}'.");
            return null;
        }

        var watching = watches.TryWatch(run);
        if (watching is null)
        {
            context.Response.Headers.RetryAfter = "10";
            await Answer.RefuseAsync(
                context, StatusCodes.Status503ServiceUnavailable, $"{RunWatches.MostWatchers} pages watch already; close some of them.");
        }

        return watching;
    }

    private static string NameOf(WatchTopic topic) => topic.ToString().ToLowerInvariant();
}
