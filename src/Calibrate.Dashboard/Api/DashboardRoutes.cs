using Calibrate.Runtime.Journals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Calibrate.Dashboard.Api;

/// <summary>Every path of a dashboard, in one table: what the OpenAPI document describes, and nothing else.</summary>
internal static class DashboardRoutes
{
    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Stream = [HttpMethods.Get];
    private static readonly string[] Act = [HttpMethods.Post];

    public static void Map(IEndpointRouteBuilder routes, RunEndpoints runs, StreamEndpoint stream, ControlEndpoints control, DownloadEndpoints downloads, MetricsEndpoint metrics)
    {
        routes.MapMethods("/", Read, context => StaticFiles.PageAsync(context, "list.html"));
        routes.MapMethods("/runs/{run}", Read, context => WithRun(context, _ => StaticFiles.PageAsync(context, "run.html")));
        routes.MapMethods("/assets/{file}", Read, StaticFiles.AssetAsync);
        routes.MapMethods("/openapi.json", Read, StaticFiles.OpenApiAsync);
        routes.MapMethods("/metrics", Read, metrics.ReadAsync);
        routes.MapMethods("/api/runs", Read, runs.ListAsync);
        routes.MapMethods("/api/runs/{run}", Read, context => WithRun(context, run => runs.ReadAsync(context, run)));
        routes.MapMethods("/api/runs/{run}/draws", Read, context => WithRun(context, run => stream.DrawsAsync(context, run)));
        routes.MapMethods("/api/runs/{run}/summary", Read, context => WithRun(context, run => runs.SummaryAsync(context, run)));
        routes.MapMethods("/api/runs/{run}/events", Stream, context => WithRun(context, run => stream.EventsAsync(context, run)));
        routes.MapMethods("/api/runs/{run}/pause", Act, context => WithRun(context, run => control.PauseAsync(context, run)));
        routes.MapMethods("/api/runs/{run}/resume", Act, context => WithRun(context, run => control.ResumeAsync(context, run)));
        routes.MapMethods("/api/runs/{run}/stop", Act, context => WithRun(context, run => control.StopAsync(context, run)));
        routes.MapMethods("/api/runs/{run}/extend", Act, context => WithRun(context, run => control.ExtendAsync(context, run)));
        routes.MapMethods("/api/runs/{run}/downloads/{name}", Read, context => WithRun(context, run => downloads.ReadAsync(context, run)));
    }

    // A name that is no run's name never gets as far as a path or a query.
    private static async Task WithRun(HttpContext context, Func<RunId, Task> serve)
    {
        if (!RunId.TryParse(context.GetRouteValue("run") as string, out var run, out var problem))
        {
            await Answer.RefuseAsync(context, StatusCodes.Status404NotFound, problem);
            return;
        }

        await serve(run);
    }
}
