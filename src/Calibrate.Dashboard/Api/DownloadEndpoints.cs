using Calibrate.Dashboard.Security;
using Calibrate.Runtime.Journals;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calibrate.Dashboard.Api;

/// <summary>Files that are made of a run when they are asked for: one at a time, in a folder of their own that is gone afterwards.</summary>
internal sealed class DownloadEndpoints(DashboardSources sources) : IDisposable
{
    private readonly WaitingRoom making = new(most: 4);

    public async Task ReadAsync(HttpContext context, RunId run)
    {
        var name = context.GetRouteValue("name") as string;
        if (sources.Downloads.FirstOrDefault(known => known.Name == name) is not { } download)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status404NotFound, "There is no such download.");
            return;
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            Announce(context, run, download);
            return;
        }

        using var place = await making.TryEnterAsync(context.RequestAborted);
        if (place is null)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "Too many files are being made; try again later.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("calibrate-dashboard-");
        try
        {
            await MakeAsync(context, run, download, Path.Combine(folder.FullName, run.Name + download.Ending));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public void Dispose() => making.Dispose();

    private static async Task MakeAsync(HttpContext context, RunId run, RunDownload download, string path)
    {
        try
        {
            await download.WriteAsync(run, path, context.RequestAborted);
        }
        catch (JournalNotFoundException)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no run '{run}'.");
            return;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await Answer.RefuseAsync(context, StatusCodes.Status409Conflict, exception.Message);
            return;
        }

        Announce(context, run, download);
        await using var file = File.OpenRead(path);
        context.Response.ContentLength = file.Length;
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    // The run's name is letters, digits, '-' and '_': it can stand in a header as it is.
    private static void Announce(HttpContext context, RunId run, RunDownload download)
    {
        context.Response.ContentType = download.ContentType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{run.Name}{download.Ending}\"";
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DownloadPolicy;
    }
}
