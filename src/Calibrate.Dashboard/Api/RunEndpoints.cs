using System.Text;
using Calibrate.Dashboard.Projections;
using Calibrate.Problems;
using Calibrate.Runtime;
using Calibrate.Runtime.Journals;
using Calibrate.Runtime.Reading;
using Microsoft.AspNetCore.Http;

namespace Calibrate.Dashboard.Api;

/// <summary>The list of runs, one run, and its summary from all of its draws.</summary>
internal sealed class RunEndpoints(DashboardSources sources, RunCatalog catalog) : IDisposable
{
    // A summary reads the whole journal and needs memory for one quantity's draws: one at a time, and not many may wait.
    private readonly WaitingRoom summaries = new(most: 4);

    public async Task ListAsync(HttpContext context)
    {
        try
        {
            var runs = await catalog.ReadAsync(context.RequestAborted);
            await Answer.JsonAsync(context, new RunListView(sources.Place, runs), DashboardJson.Default.RunListView);
        }
        catch (JournalException exception)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }

    public async Task ReadAsync(HttpContext context, RunId run)
    {
        try
        {
            if (await catalog.FindAsync(run, context.RequestAborted) is { } view)
            {
                var downloads = sources.Downloads.Select(download => new DownloadView(download.Name, download.Label)).ToArray();
                await Answer.JsonAsync(context, new RunPageView(view, downloads, sources.Control is not null), DashboardJson.Default.RunPageView);
                return;
            }

            await Answer.RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no run '{run}'.");
        }
        catch (JournalException exception)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }

    public async Task SummaryAsync(HttpContext context, RunId run)
    {
        using var place = await summaries.TryEnterAsync(context.RequestAborted);
        if (place is null)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "Too many summaries are being made; try again later.");
            return;
        }

        try
        {
            var problem = await sources.LoadProblemAsync(run, context.RequestAborted);
            var summary = await RunSummaries.MakeAsync(sources.Journal, run, problem, cancellationToken: context.RequestAborted);
            await Answer.WriteAsync(context, "application/json", Encoding.UTF8.GetBytes(RunSummaryJson.ToText(summary)));
        }
        catch (JournalNotFoundException)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no run '{run}'.");
        }
        catch (Exception exception) when (exception is JournalException or RunException or ProblemException)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status409Conflict, exception.Message);
        }
    }

    public void Dispose() => summaries.Dispose();
}
